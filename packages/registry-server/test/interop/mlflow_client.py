"""What a team does with MLflow's own client, unmodified, against the server at argv[1].

Every step asserts what MLflow promises; at the end, facts for the test that started it are printed as
JSON. It runs under MLflow 2.22 and 3.
"""

import json
import logging
import math
import os
import sys
import tempfile

import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

logging.getLogger("mlflow").setLevel(logging.ERROR)
IS_3 = int(mlflow.__version__.split(".")[0]) >= 3
URI = sys.argv[1]
mlflow.set_tracking_uri(URI)
client = MlflowClient()


def refusal(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        return error.error_code
    raise AssertionError("nothing was refused")


def experiments():
    first = client.create_experiment("first", tags={"team": "crm"})
    assert client.get_experiment_by_name("first").experiment_id == first
    assert client.get_experiment_by_name("nowhere") is None
    assert refusal(client.create_experiment, "first") == "RESOURCE_ALREADY_EXISTS"
    assert refusal(client.get_experiment, "4711") == "RESOURCE_DOES_NOT_EXIST"
    client.set_experiment_tag(first, "owner", "ada")
    client.rename_experiment(first, "renamed")
    client.delete_experiment(first)
    assert client.get_experiment(first).lifecycle_stage == "deleted"
    deleted = client.search_experiments(view_type=ViewType.DELETED_ONLY)
    assert [each.name for each in deleted] == ["renamed"]
    client.restore_experiment(first)
    found = client.search_experiments(filter_string="tags.team = 'crm'")
    assert [each.tags for each in found] == [{"team": "crm", "owner": "ada"}]


def runs(folder):
    mlflow.set_experiment("iris")
    with mlflow.start_run(run_name="parent", tags={"stage": "explore"}) as parent:
        mlflow.log_params({"alpha": 0.5, "solver": "lbfgs"})
        for step, loss in enumerate([0.9, 0.5, 0.4]):
            mlflow.log_metric("loss", loss, step=step)
        mlflow.log_metrics({"nan": math.nan, "infinite": math.inf})
        frame = pd.DataFrame({"x": [1.0, 2.0], "y": [0, 1]})
        mlflow.log_input(mlflow.data.from_pandas(frame, name="tiny"), context="training")
        mlflow.log_dict({"a": [1, 2]}, "notes/settings.json")
        mlflow.log_text("häuser ✓", "notes/umlaut ä.txt")
        pixels = np.zeros((2, 2, 3), dtype=np.uint8)
        mlflow.log_image(pixels, key="dog", step=100, timestamp=100, synchronous=True)
        big = os.path.join(folder, "big.bin")
        with open(big, "wb") as file:
            file.write(os.urandom(12_000_000))
        mlflow.log_artifact(big, "blobs")
        with mlflow.start_run(run_name="child", nested=True):
            mlflow.log_metric("loss", 0.1)
    run = client.get_run(parent.info.run_id)
    assert run.info.status == "FINISHED"
    assert run.data.params == {"alpha": "0.5", "solver": "lbfgs"}
    assert run.data.metrics["loss"] == 0.4 and math.isnan(run.data.metrics["nan"])
    assert run.data.metrics["infinite"] > 1e308
    assert run.inputs.dataset_inputs[0].dataset.name == "tiny"
    history = client.get_metric_history(run.info.run_id, "loss")
    assert [(point.step, point.value) for point in history] == [(0, 0.9), (1, 0.5), (2, 0.4)]
    assert mlflow.artifacts.load_text(f"{run.info.artifact_uri}/notes/umlaut ä.txt") == "häuser ✓"
    folders = {item.path for item in client.list_artifacts(run.info.run_id)}
    assert folders == {"notes", "blobs", "images"}
    images = [item.path for item in client.list_artifacts(run.info.run_id, "images")]
    assert any("dog" in path and path.endswith(".png") for path in images)
    copy = mlflow.artifacts.download_artifacts(
        run_id=run.info.run_id, artifact_path="blobs/big.bin", dst_path=os.path.join(folder, "copy")
    )
    with open(big, "rb") as one, open(copy, "rb") as other:
        assert one.read() == other.read()
    return run


def many_runs():
    experiment = client.create_experiment("many")
    for i in range(25):
        made = client.create_run(experiment, start_time=i)
        client.log_batch(
            made.info.run_id,
            [Metric("f1", i / 25, 0, 0)],
            [Param("depth", str(i % 5))],
            [RunTag("kind", "even" if i % 2 == 0 else "odd")],
        )
    good = mlflow.search_runs(
        [experiment],
        filter_string="metrics.f1 >= 0.4 AND tags.kind = 'odd' AND params.depth LIKE '_'",
        order_by=["metrics.f1 DESC"],
    )
    assert list(good["metrics.f1"]) == [i / 25 for i in range(23, 10, -2)]
    pages, token = [], None
    while True:
        page = client.search_runs([experiment], max_results=10, page_token=token)
        pages.append(len(page))
        token = page.token
        if token is None:
            break
    assert sum(pages) == 25
    assert refusal(client.search_runs, [experiment], "metrics.f1 >") == "INVALID_PARAMETER_VALUE"
    run_id = client.search_runs([experiment], max_results=1)[0].info.run_id
    assert refusal(client.log_param, run_id, "depth", "99") == "INVALID_PARAMETER_VALUE"
    client.delete_run(run_id)
    assert len(client.search_runs([experiment])) == 24
    client.restore_run(run_id)


def models():
    data = load_iris()
    fitted = LogisticRegression(max_iter=500).fit(data.data, data.target)
    with mlflow.start_run() as run:
        named = {"name": "model"} if IS_3 else {"artifact_path": "model"}
        mlflow.sklearn.log_model(
            fitted,
            **named,
            signature=infer_signature(data.data, fitted.predict(data.data)),
            input_example=data.data[:2],
            registered_model_name="iris",
        )
    mlflow.register_model(f"runs:/{run.info.run_id}/model", "iris")
    expected = fitted.predict(data.data)
    client.set_registered_model_alias("iris", "blessed", "1")
    client.transition_model_version_stage("iris", "2", "Staging", archive_existing_versions=True)
    for uri in (f"runs:/{run.info.run_id}/model", "models:/iris/1", "models:/iris@blessed",
                "models:/iris/2", "models:/iris/Staging"):
        loaded = mlflow.sklearn.load_model(uri)
        np.testing.assert_array_equal(loaded.predict(data.data), expected)
    served = mlflow.pyfunc.load_model("models:/iris@blessed")
    np.testing.assert_array_equal(served.predict(data.data), expected)
    client.set_model_version_tag("iris", "1", "checked", "yes")
    client.update_model_version("iris", "1", "the first")
    client.set_registered_model_alias("iris", "champion", "1")
    assert client.get_model_version_by_alias("iris", "champion").version == "1"
    versions = client.search_model_versions("name = 'iris'")
    assert {each.version: each.current_stage for each in versions} == {
        "1": "Production",
        "2": "Staging",
    }
    assert [each.name for each in client.search_registered_models("name LIKE 'ir%'")] == ["iris"]
    client.set_registered_model_alias("iris", "champion", "2")
    assert {each.version for each in client.get_latest_versions("iris", ["Production"])} == {"2"}
    client.delete_registered_model_alias("iris", "blessed")
    assert refusal(client.get_model_version_by_alias, "iris", "blessed") is not None
    client.copy_model_version("models:/iris/1", "copied")
    np.testing.assert_array_equal(
        mlflow.sklearn.load_model("models:/copied/1").predict(data.data), expected
    )
    if IS_3:
        logged = mlflow.search_logged_models(output_format="list")
        assert [each.status.value for each in logged] == ["READY"]
        assert logged[0].source_run_id == run.info.run_id
    client.delete_registered_model("copied")
    return run.info.run_id


with tempfile.TemporaryDirectory() as folder:
    experiments()
    logged = runs(folder)
many_runs()
model_run = models()
print(json.dumps({"mlflow": mlflow.__version__, "run": logged.info.run_id, "modelRun": model_run}))
