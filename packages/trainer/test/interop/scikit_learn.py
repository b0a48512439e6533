"""Fits scikit-learn to encoded rows and prints its figures as JSON.

Usage: python scikit_learn.py JOB.json
The job names a file of 64-bit floats, features first (column-major) and the target last, the rows
to train and to test on, and the models to fit.
"""

import json
import sys

import numpy
import sklearn
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import (
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, log_loss, r2_score, roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler


def network_of_numbers(**parameters):
    return TransformedTargetRegressor(MLPRegressor(**parameters), transformer=StandardScaler())


def ensemble(model, task):
    def build(estimators, final_estimator=None, **parameters):
        def member(entry):
            return MODELS[entry["algorithm"]][task](**entry["parameters"])

        if final_estimator is not None:
            parameters["final_estimator"] = member(final_estimator)
            folds = StratifiedKFold if task == "classification" else KFold
            parameters["cv"] = folds(parameters["cv"], shuffle=True, random_state=0)
        return model([(str(m), member(entry)) for m, entry in enumerate(estimators)], **parameters)

    return build


MODELS = {
    "random_forest": {"classification": RandomForestClassifier, "regression": RandomForestRegressor},
    "logistic_regression": {"classification": LogisticRegression},
    "linear_regression": {"regression": LinearRegression},
    "ridge": {"regression": Ridge},
    "neural_network": {"classification": MLPClassifier, "regression": network_of_numbers},
    "voting": {
        "classification": ensemble(VotingClassifier, "classification"),
        "regression": ensemble(VotingRegressor, "regression"),
    },
    "stacking": {
        "classification": ensemble(StackingClassifier, "classification"),
        "regression": ensemble(StackingRegressor, "regression"),
    },
}


def measure(task, actual, outputs):
    if task == "regression":
        return {"r2": r2_score(actual, outputs)}
    classes = numpy.arange(outputs.shape[1])
    scores = outputs[:, 1] if len(classes) == 2 else outputs
    return {
        "accuracy": accuracy_score(actual, outputs.argmax(axis=1)),
        "roc_auc": roc_auc_score(actual, scores, multi_class="ovr", labels=classes),
        "log_loss": log_loss(actual, outputs, labels=classes),
    }


with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
cells = numpy.fromfile(job["cells"], dtype="<f8").reshape(-1, job["rowCount"]).T
features, target = cells[:, :-1], cells[:, -1]
train, test = numpy.array(job["train"]), numpy.array(job["test"])
is_classes = job["task"] == "classification"

results = []
for fit in job["fits"]:
    model = MODELS[fit["algorithm"]][job["task"]](**fit["parameters"])
    model.fit(features[train], target[train].astype(int) if is_classes else target[train])
    outputs = model.predict_proba(features[test]) if is_classes else model.predict(features[test])
    results.append({"metrics": measure(job["task"], target[test], outputs), "outputs": outputs.ravel().tolist()})
print(json.dumps({"version": sklearn.__version__, "results": results}))
