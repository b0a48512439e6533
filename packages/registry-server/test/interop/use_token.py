"""Logs a run and reads it back with MLflow's own client; prints what came of each step as JSON."""

import json
import os
import tempfile

# Before mlflow reads it: an error that stays is not to be tried for minutes.
os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "1"

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException


def attempt(step):
    try:
        return step()
    except MlflowException as error:
        return f"{error.error_code}: {error.message}"


def log():
    mlflow.set_experiment("tokens")
    with mlflow.start_run() as run:
        mlflow.log_params({"depth": 3})
        mlflow.log_metric("f1", 0.9)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "note.txt")
            open(path, "w").write("hello")
            mlflow.log_artifact(path)
    return run.info.run_id


def read():
    client = MlflowClient()
    experiment = client.get_experiment_by_name("tokens")
    if experiment is None:
        return "none"
    run = client.search_runs([experiment.experiment_id], "metrics.f1 > 0.5")[0]
    path = client.download_artifacts(run.info.run_id, "note.txt")
    return [run.data.params["depth"], run.data.metrics["f1"], open(path).read()]


def delete():
    client = MlflowClient()
    client.create_registered_model("churn")
    client.delete_registered_model("churn")
    return "deleted"


print(json.dumps({"log": attempt(log), "read": attempt(read), "delete": attempt(delete)}))
