"""Times the scoring of a matrix on one thread. Usage: python time_scoring.py JOB.json; prints JSON."""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import lightgbm
import numpy
import onnxruntime
import sklearn
import xgboost
from sklearn.ensemble import RandomForestClassifier

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)


def read(part):
    cells = numpy.fromfile(part["path"], dtype="<f4").reshape(-1, part["rowCount"]).T
    return numpy.ascontiguousarray(cells[:, :-1]), cells[:, -1].astype(int)


rows, _ = read(job["rows"])
contenders = []


def contend(name, score):
    times = []
    for run in range(job["runs"] + 1):
        start = time.perf_counter()
        score()
        times.append((time.perf_counter() - start) * 1000)
    contenders.append({"name": name, "timesMs": times[1:]})


options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(job["onnx"], options)
contend(f"onnxruntime {onnxruntime.__version__}", lambda: session.run(None, {"X": rows}))
if job["kind"] == "boosting":
    booster = lightgbm.Booster(model_file=job["lightgbm"])
    contend(f"LightGBM {lightgbm.__version__}", lambda: booster.predict(rows, num_threads=1))
    peer = xgboost.Booster(model_file=job["xgboost"])
    peer.set_param({"nthread": 1})
    contend(f"XGBoost {xgboost.__version__}", lambda: peer.inplace_predict(rows))
    difference = numpy.abs(booster.predict(rows) - peer.inplace_predict(rows)).max()
    assert difference < 1e-5, f"LightGBM and XGBoost differ by {difference}"
else:
    features, target = read(job["train"])
    forest = RandomForestClassifier(100, max_depth=10, n_jobs=-1, random_state=42).fit(features, target)
    forest.n_jobs = 1
    contend(f"scikit-learn {sklearn.__version__}", lambda: forest.predict_proba(rows))
print(json.dumps(contenders))
