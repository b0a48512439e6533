"""Ask Databricks, by MLflow's own client, for what a registry of ours has written; print it as JSON."""

import json
import os
import sys

import mlflow
from mlflow.tracking import MlflowClient

registry_uri, name = sys.argv[1:]
client = MlflowClient(tracking_uri="databricks", registry_uri=registry_uri)
mlflow.set_tracking_uri("databricks")
mlflow.set_registry_uri(registry_uri)

if registry_uri == "databricks-uc":
    version = client.get_model_version_by_alias(name, "champion")
    aliases = client.get_registered_model(name).aliases
else:
    [version] = client.get_latest_versions(name, stages=["Production"])
    aliases = {}
run = client.get_run(version.run_id)
folder = mlflow.artifacts.download_artifacts(artifact_uri=f"models:/{name}/{version.version}")
files = sorted(
    os.path.relpath(os.path.join(root, file), folder)
    for root, _, found in os.walk(folder)
    for file in found
    if file != "registered_model_meta"  # MLflow's own note of the download
)
client.set_model_version_tag(name, version.version, "seen_by", "python")
client.log_param(run.info.run_id, "from_python", "yes")
with open(os.path.join(folder, "MLmodel")) as file:
    mlmodel = file.read()
print(
    json.dumps(
        {
            "version": version.version,
            "stage": version.current_stage,
            "aliases": aliases,
            "tags": version.tags,
            "metrics": run.data.metrics,
            "experiment": client.get_experiment(run.info.experiment_id).name,
            "files": files,
            "mlmodel": mlmodel,
        }
    )
)
