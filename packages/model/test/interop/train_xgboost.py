"""Train XGBoost models of many kinds on made data; write them as JSON, and rows and predictions.

Takes: the folder to write to. Prints the index of what was written as JSON.
"""
import json
import os
import sys

import numpy as np
import xgboost

folder = sys.argv[1]
rng = np.random.default_rng(8)
rows = 1200
X = rng.normal(size=(rows, 6))
X[:, 2] = X[:, 2].round(1)
X[:, 3] = rng.integers(0, 50, rows)
X[:, 4] = rng.integers(0, 7, rows)
X[rng.random(X.shape) < 0.12] = np.nan
types = ["q", "q", "q", "c", "c", "q"]
signal = np.nan_to_num(X[:, 0]) + (np.nan_to_num(X[:, 3]) % 3) - np.nan_to_num(X[:, 1])
y = signal + rng.normal(size=rows) * 0.3
classes = np.digitize(y, np.quantile(y, [0.3, 0.6]))

jobs = {
    "binary": (classes > 0, dict(objective="binary:logistic")),
    "binary with a base score": (classes > 0, dict(objective="binary:logistic", base_score=0.3)),
    "raw log odds": (classes > 0, dict(objective="binary:logitraw")),
    "softprob": (classes, dict(objective="multi:softprob", num_class=3)),
    "regression": (y * 100 + 1000, dict(objective="reg:squarederror")),
    "absolute": (y, dict(objective="reg:absoluteerror")),
    "poisson": (classes, dict(objective="count:poisson")),
    "gamma": (np.exp(y), dict(objective="reg:gamma")),
    "one category against the others": (y, dict(objective="reg:squarederror", max_cat_to_onehot=100)),
    "dart": (y, dict(objective="reg:squarederror", booster="dart", rate_drop=0.3)),
    "a forest": (y, dict(objective="reg:squarederror", num_parallel_tree=4, subsample=0.7)),
    "loss-guided": (y, dict(objective="reg:squarederror", grow_policy="lossguide", max_leaves=9)),
}
index = []
for name, (target, settings) in jobs.items():
    data = xgboost.DMatrix(X, target.astype(float), feature_types=types, enable_categorical=True)
    booster = xgboost.train(dict(max_depth=5, seed=1, nthread=1, **settings), data, 12)
    path = os.path.join(folder, f"{len(index)}.json")
    booster.save_model(path)
    index.append(dict(name=name, path=path, predictions=booster.predict(data).tolist()))
linear = xgboost.train(dict(booster="gblinear", nthread=1), xgboost.DMatrix(np.nan_to_num(X), y), 2)
linear.save_model(os.path.join(folder, "linear.json"))
print(json.dumps(dict(rows=[[str(v) for v in row] for row in X.tolist()], models=index, linear=os.path.join(folder, "linear.json"))))
