"""Times scikit-learn's and XGBoost's forests. Usage: python fit_cloud_forest.py JOB.json; prints JSON."""

import json
import math
import sys
import time

import numpy
import sklearn
import xgboost
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)


def read(part):
    cells = numpy.fromfile(part["path"], dtype="<f4").reshape(-1, part["rowCount"]).T
    return numpy.ascontiguousarray(cells[:, :-1]), cells[:, -1].astype(int)


features, target = read(job["train"])
test_features, test_target = read(job["test"])
share = math.floor(math.sqrt(features.shape[1])) / features.shape[1]


def make_scikit_learn(jobs, seed):
    return RandomForestClassifier(n_estimators=100, max_depth=10, n_jobs=jobs, random_state=seed)


def make_xgboost(jobs, seed):
    # It draws rows without replacement: as many as a bag has distinct ones.
    return xgboost.XGBRFClassifier(
        n_estimators=100,
        max_depth=10,
        tree_method="hist",
        max_bin=255,
        colsample_bynode=share,
        subsample=0.632,
        n_jobs=jobs,
        random_state=seed,
    )


contenders = []
for name, version, make in (
    ("scikit-learn", sklearn.__version__, make_scikit_learn),
    ("XGBoost forest", xgboost.__version__, make_xgboost),
):
    for jobs in (2, 1):
        times, aucs = [], []
        # One fit warms up. Ranking is compared over all seeds, on two threads alone.
        for seed in range(max(job["runs"] + 1, job["seeds"] if jobs == 2 else 0)):
            start = time.perf_counter()
            model = make(jobs, seed).fit(features, target)
            times.append((time.perf_counter() - start) * 1000)
            if jobs == 2 and seed < job["seeds"]:
                aucs.append(roc_auc_score(test_target, model.predict_proba(test_features)[:, 1]))
        threads = "1 thread" if jobs == 1 else f"{jobs} threads"
        timed = times[1 : job["runs"] + 1]
        contenders.append({"name": f"{name} {version}, {threads}", "timesMs": timed, "aucs": aucs})
print(json.dumps(contenders))
