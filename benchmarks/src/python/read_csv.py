"""Times pandas' default CSV reader. Usage: python read_csv.py JOB.json; prints JSON."""

import json
import sys
import time

import pandas

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
times = []
for run in range(job["runs"] + 1):
    start = time.perf_counter()
    pandas.read_csv(job["path"])
    times.append((time.perf_counter() - start) * 1000)
print(json.dumps([{"name": f"pandas {pandas.__version__}", "timesMs": times[1:]}]))
