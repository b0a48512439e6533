"""Times scikit-learn's random forest. Usage: python fit_forest.py JOB.json; prints JSON."""

import json
import sys
import time

import numpy
import sklearn
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["cells"], dtype="<f8").reshape(-1, job["rowCount"]).T
features, target = numpy.ascontiguousarray(cells[:, :-1]), cells[:, -1]
is_classes = job["task"] == "classification"
make = RandomForestClassifier if is_classes else RandomForestRegressor
target = target.astype(int) if is_classes else target

contenders = []
for jobs in (1, -1):
    times = []
    for run in range(job["runs"] + 1):
        start = time.perf_counter()
        make(n_jobs=jobs, random_state=42, **job["parameters"]).fit(features, target)
        times.append((time.perf_counter() - start) * 1000)
    name = f"scikit-learn {sklearn.__version__}, " + ("1 job" if jobs == 1 else "all jobs")
    contenders.append({"name": name, "timesMs": times[1:]})
print(json.dumps(contenders))
