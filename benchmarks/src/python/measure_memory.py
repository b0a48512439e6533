"""Fits once and prints how far the peak of resident memory is above what it was before (Linux). Usage: python measure_memory.py JOB.json"""

import json
import resource
import sys

import lightgbm
import numpy

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
# Column by column into rows: a copy of the whole would leave a peak behind that is not fitting's.
features = numpy.empty((job["rowCount"], 28), dtype=numpy.float32)
with open(job["path"], "rb") as file:
    for feature in range(28):
        features[:, feature] = numpy.fromfile(file, dtype="<f4", count=job["rowCount"])
    target = numpy.fromfile(file, dtype="<f4", count=job["rowCount"])

with open("/proc/self/statm", encoding="ascii") as file:
    before = int(file.read().split()[1]) * resource.getpagesize()
parameters = {"objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "max_bin": 255}
parameters |= {"num_threads": 1, "verbosity": -1}
lightgbm.train(parameters, lightgbm.Dataset(features, label=target, params=parameters), 100)
growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
print(json.dumps({"name": f"LightGBM {lightgbm.__version__}", "growthMb": growth / 1e6}))
