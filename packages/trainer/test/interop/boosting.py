"""Fits LightGBM and XGBoost to encoded rows and prints their figures as JSON.

Usage: python boosting.py JOB.json
The job is that of scikit_learn.py.
"""

import json
import sys

import lightgbm
import numpy
import xgboost
from sklearn.metrics import accuracy_score, log_loss, r2_score, roc_auc_score

MODELS = {
    "lightgbm": {"classification": lightgbm.LGBMClassifier, "regression": lightgbm.LGBMRegressor},
    "xgboost": {"classification": xgboost.XGBClassifier, "regression": xgboost.XGBRegressor},
}


def measure(task, actual, outputs):
    if task == "regression":
        return {"r2": r2_score(actual, outputs)}
    classes = numpy.arange(outputs.shape[1])
    scores = outputs[:, 1] if len(classes) == 2 else outputs
    return {
        "accuracy": accuracy_score(actual, outputs.argmax(axis=1)),
        "roc_auc": roc_auc_score(actual, scores, multi_class="ovr", labels=classes),
        "log_loss": log_loss(actual, outputs, labels=classes),
    }


with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["cells"], dtype="<f8").reshape(-1, job["rowCount"]).T
features, target = cells[:, :-1], cells[:, -1]
train, test = numpy.array(job["train"]), numpy.array(job["test"])
is_classes = job["task"] == "classification"

results = []
for fit in job["fits"]:
    model = MODELS[fit["algorithm"]][job["task"]](**fit["parameters"])
    model.fit(features[train], target[train].astype(int) if is_classes else target[train])
    outputs = model.predict_proba(features[test]) if is_classes else model.predict(features[test])
    results.append({"metrics": measure(job["task"], target[test], outputs), "outputs": outputs.ravel().tolist()})
print(json.dumps({"version": f"{lightgbm.__version__} {xgboost.__version__}", "results": results}))
