"""Predict rows with models that LightGBM and XGBoost load from files; print the outputs as JSON.

Usage: python exported.py JOB.json
The job names a file of float64 cells, column after column, and {"library", "path"} of each model.
"""

import json
import sys

import lightgbm
import numpy
import xgboost

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["cells"], dtype="<f8").reshape(-1, job["rowCount"]).T

results = []
for model in job["models"]:
    if model["library"] == "lightgbm":
        outputs = lightgbm.Booster(model_file=model["path"]).predict(cells)
    else:
        booster = xgboost.Booster(model_file=model["path"])
        rows = xgboost.DMatrix(cells, feature_names=booster.feature_names, feature_types=booster.feature_types)
        outputs = booster.predict(rows)
    results.append(numpy.asarray(outputs, dtype=float).ravel().tolist())
print(json.dumps(results))
