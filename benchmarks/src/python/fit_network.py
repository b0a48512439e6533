"""Times scikit-learn's neural network. Usage: python fit_network.py JOB.json; prints JSON."""

import json
import sys
import time
import warnings

import numpy
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

# Epochs that run out are what is asked for.
warnings.simplefilter("ignore", ConvergenceWarning)
with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["path"], dtype="<f8").reshape(-1, job["rowCount"]).T
features, target = numpy.ascontiguousarray(cells[:, :-1]), cells[:, -1].astype(int)

times = []
for run in range(job["runs"] + 1):
    start = time.perf_counter()
    MLPClassifier(tuple(job["hidden"]), max_iter=job["epochs"], random_state=run).fit(features, target)
    times.append((time.perf_counter() - start) * 1000)
print(json.dumps([{"name": f"scikit-learn {sklearn.__version__}", "timesMs": times[1:]}]))
