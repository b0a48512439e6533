"""Reads boosted models with splits on categories, and fits LightGBM and XGBoost to the same rows.

Usage: python categories.py JOB.json
The job names a file of 64-bit floats, features first (column-major) and the target last, which
features are categorical, and rounds: the rows to train and to test on, and our models as text.
Prints, a round: how each library scores the test rows with our model, and the AUC of its own.
"""

import json
import sys

import lightgbm
import numpy
import xgboost
from sklearn.metrics import roc_auc_score

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["cells"], dtype="<f8").reshape(-1, job["rowCount"]).T
features, target = cells[:, :-1], cells[:, -1].astype(int)
kinds = ["c" if kind == "categorical" else "q" for kind in job["kinds"]]


def read_xgboost(text):
    model = xgboost.Booster()
    model.load_model(bytearray(text, "utf-8"))
    return model


rounds = []
for given in job["rounds"]:
    train, test = numpy.array(given["train"]), numpy.array(given["test"])
    matrix = xgboost.DMatrix(features[test], feature_types=kinds, enable_categorical=True, nthread=1)
    ours = {
        "lightgbm": lightgbm.Booster(model_str=given["lightgbm"]).predict(features[test]),
        "xgboost": read_xgboost(given["xgboost"]).predict(matrix, validate_features=False),
    }
    native = lightgbm.LGBMClassifier(verbosity=-1, n_jobs=1)
    native.fit(
        features[train],
        target[train],
        categorical_feature=[i for i, kind in enumerate(kinds) if kind == "c"],
    )
    rows = xgboost.DMatrix(
        features[train], target[train], feature_types=kinds, enable_categorical=True, nthread=1
    )
    parameters = {"objective": "binary:logistic", "nthread": 1}
    grown = xgboost.train(parameters, rows, 100)
    rounds.append(
        {
            "outputs": {name: scores.tolist() for name, scores in ours.items()},
            "aucs": {
                "lightgbm": roc_auc_score(target[test], native.predict_proba(features[test])[:, 1]),
                "xgboost": roc_auc_score(target[test], grown.predict(matrix, validate_features=False)),
            },
        }
    )
print(json.dumps(rounds))
