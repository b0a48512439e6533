"""Times scikit-learn's linear regression and ridge. Usage: python fit_linear.py JOB.json; prints JSON."""

import json
import sys
import time

import numpy
import sklearn
from sklearn.linear_model import LinearRegression, Ridge

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["path"], dtype="<f8").reshape(-1, job["rowCount"]).T
# Columns one after the other, which both take faster than rows.
features, target = numpy.asfortranarray(cells[:, :-1]), cells[:, -1].copy()
estimator = {"linear_regression": LinearRegression, "ridge": Ridge}[job["algorithm"]]

times = []
for run in range(job["runs"] + 1):
    start = time.perf_counter()
    model = estimator().fit(features, target)
    times.append((time.perf_counter() - start) * 1000)
name = f"scikit-learn {sklearn.__version__}"
print(json.dumps([{"name": name, "timesMs": times[1:], "coefficients": model.coef_.tolist()}]))
