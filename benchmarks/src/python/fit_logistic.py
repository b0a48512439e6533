"""Times scikit-learn's logistic regression. Usage: python fit_logistic.py JOB.json; prints JSON."""

import json
import sys
import time

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["path"], dtype="<f8").reshape(-1, job["rowCount"]).T
features, target = numpy.ascontiguousarray(cells[:, :-1]), cells[:, -1].astype(int)

times = []
for run in range(job["runs"] + 1):
    start = time.perf_counter()
    model = LogisticRegression(solver="lbfgs", C=1.0, tol=1e-4, max_iter=1000).fit(features, target)
    times.append((time.perf_counter() - start) * 1000)
loss = log_loss(target, model.predict_proba(features))
name = f"scikit-learn {sklearn.__version__}, lbfgs"
print(json.dumps([{"name": name, "timesMs": times[1:], "logLoss": loss}]))
