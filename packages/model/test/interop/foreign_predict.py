"""Predict the rows of a JSON file with models of LightGBM or XGBoost; print predictions as JSON.

Takes: the library, a file of {"rows": [[...]], "models": [path, ...], "features": n}.
"""
import json
import sys

import numpy as np

library, path = sys.argv[1:3]
with open(path) as file:
    job = json.load(file)
rows = np.array(job["rows"], dtype=np.float64)
answers = []
for model in job["models"]:
    if library == "lightgbm":
        import lightgbm

        with open(model) as file:
            booster = lightgbm.Booster(model_str=file.read())
        answers.append(booster.predict(rows).tolist())
    else:
        import xgboost

        booster = xgboost.Booster()
        booster.load_model(model)
        types = booster.feature_types
        data = xgboost.DMatrix(
            rows,
            feature_names=booster.feature_names,
            feature_types=types,
            enable_categorical=bool(types and "c" in types),
        )
        answers.append(booster.predict(data).tolist())
print(json.dumps(answers))
