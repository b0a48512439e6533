"""Times LightGBM and XGBoost. Usage: python fit_boosting.py JOB.json; prints JSON."""

import json
import sys
import time

import lightgbm
import numpy
import xgboost
from sklearn.metrics import roc_auc_score

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)


def read(part):
    cells = numpy.fromfile(part["path"], dtype="<f4").reshape(-1, part["rowCount"]).T
    return numpy.ascontiguousarray(cells[:, :-1]), cells[:, -1].copy()


features, target = read(job["train"])
test_features, test_target = read(job["test"])


def fit_lightgbm(threads):
    parameters = {"objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "max_bin": 255}
    parameters |= {"num_threads": threads, "verbosity": -1}
    rows = lightgbm.Dataset(features, label=target, params=parameters)
    model = lightgbm.train(parameters, rows, 100)
    return lambda: model.predict(test_features)


def fit_xgboost(threads):
    parameters = {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide"}
    parameters |= {"max_leaves": 31, "max_depth": 0, "eta": 0.1, "max_bin": 255, "nthread": threads}
    rows = xgboost.QuantileDMatrix(features, label=target, nthread=threads, max_bin=255)
    model = xgboost.train(parameters, rows, 100)
    return lambda: model.predict(xgboost.DMatrix(test_features))


contenders = []
for name, version, fit in (
    ("LightGBM", lightgbm.__version__, fit_lightgbm),
    ("XGBoost", xgboost.__version__, fit_xgboost),
):
    for threads in (1, 2):
        times = []
        for run in range(job["runs"] + 1):
            start = time.perf_counter()
            predict = fit(threads)
            times.append((time.perf_counter() - start) * 1000)
        auc = roc_auc_score(test_target, predict())
        contenders.append({"name": f"{name} {version}, {threads} threads", "timesMs": times[1:], "auc": auc})
print(json.dumps(contenders))
