"""Read and write versions of Unity Catalog in S3 by MLflow's own client; print what was read as JSON.

Usage: python unity-s3.py MODEL FOLDER: downloads version 1, and registers what is in the folder as the
next one.
"""

import hashlib
import json
import os
import sys

import mlflow
from mlflow.tracking import MlflowClient

name, local_folder = sys.argv[1:]
mlflow.set_tracking_uri("databricks")
mlflow.set_registry_uri("databricks-uc")
folder = mlflow.artifacts.download_artifacts(artifact_uri=f"models:/{name}/1")
digests = {}
for root, _, files in os.walk(folder):
    for file in files:
        path = os.path.join(root, file)
        with open(path, "rb") as content:
            digest = hashlib.sha256(content.read()).hexdigest()
        digests[os.path.relpath(path, folder).replace(os.sep, "/")] = digest
digests.pop("registered_model_meta", None)  # MLflow's own note of the download
store = MlflowClient()._get_registry_client().store
version = store.create_model_version(name, source=local_folder, local_model_path=local_folder)
print(json.dumps({"digests": digests, "version": version.version, "status": version.status}))
