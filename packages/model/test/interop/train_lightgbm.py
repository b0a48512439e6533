"""Train LightGBM models of many kinds on made data; write their texts, rows and predictions.

Takes: the folder to write to. Prints the index of what was written as JSON.
"""
import json
import os
import sys

import lightgbm
import numpy as np

folder = sys.argv[1]
rng = np.random.default_rng(7)
rows = 1200
X = rng.normal(size=(rows, 6)).round(2)
X[:, 3] = rng.integers(0, 50, rows)
X[:, 4] = rng.integers(0, 7, rows)
X[rng.random(X.shape) < 0.12] = np.nan
signal = np.nan_to_num(X[:, 0]) + (np.nan_to_num(X[:, 3]) % 3) - np.nan_to_num(X[:, 1])
y = signal + rng.normal(size=rows) * 0.3
classes = np.digitize(y, np.quantile(y, [0.3, 0.6]))
full = np.nan_to_num(X)
test = X.copy()
test[0] = [np.inf, -np.inf, 0, 60, -3, 0]
test[1] = [0, 1e-36, -1e-36, 5.7, 2.2, 0]

jobs = {
    "binary": (X, classes > 0, dict(objective="binary")),
    "binary with a sigmoid": (X, classes > 0, dict(objective="binary", sigmoid=0.6)),
    "multiclass": (X, classes, dict(objective="multiclass", num_class=3)),
    "regression": (X, y * 1000, dict(objective="regression")),
    "absolute": (X, y, dict(objective="regression_l1")),
    "quantile": (X, y, dict(objective="quantile", alpha=0.8)),
    "poisson": (X, classes, dict(objective="poisson")),
    "cross entropy": (X, classes / 2, dict(objective="cross_entropy")),
    "no missing values in training": (full, y, dict(objective="regression")),
    "missing values not used": (X, y, dict(objective="regression", use_missing=False)),
    "a forest": (X, y, dict(objective="regression", boosting="rf", bagging_freq=1, bagging_fraction=0.5)),
    "a forest of classes": (X, classes, dict(objective="multiclass", num_class=3, boosting="rf", bagging_freq=1, bagging_fraction=0.5)),
    "dart": (X, y, dict(objective="regression", boosting="dart")),
    "one leaf": (X[:30], np.ones(30), dict(objective="regression")),
}
index = []
for name, (data, target, settings) in jobs.items():
    settings = dict(num_leaves=15, min_data_in_leaf=5, min_data_per_group=5, cat_smooth=1, verbose=-1, seed=1, num_threads=1, **settings)
    booster = lightgbm.train(settings, lightgbm.Dataset(data, target.astype(float), categorical_feature=[3, 4]), 12)
    path = os.path.join(folder, f"{len(index)}.txt")
    booster.save_model(path)
    index.append(dict(name=name, path=path, predictions=booster.predict(test).tolist()))
zero = lightgbm.train(dict(objective="regression", zero_as_missing=True, verbose=-1), lightgbm.Dataset(full, y), 5)
zero.save_model(os.path.join(folder, "zero.txt"))
linear = lightgbm.train(dict(objective="regression", linear_tree=True, verbose=-1), lightgbm.Dataset(full, y), 2)
linear.save_model(os.path.join(folder, "linear.txt"))
print(json.dumps(dict(rows=[[str(v) for v in row] for row in test.tolist()], models=index, zero=os.path.join(folder, "zero.txt"), linear=os.path.join(folder, "linear.txt"))))
