"""Calibrates and thresholds scikit-learn's logistic regression on given folds; prints JSON.

Usage: python calibration.py JOB.json
The job names columns of numbers, class codes, the rows to train and to test on, the folds of the
training rows (row numbers), a method, and for two classes a threshold of the second.
"""

import json
import sys

import numpy
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import FixedThresholdClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


class ByProbabilities(ClassifierMixin, BaseEstimator):
    """Hides the decision function, which CalibratedClassifierCV would take before probabilities."""

    def fit(self, features, target):
        self.model_ = make_pipeline(StandardScaler(), LogisticRegression(solver="newton-cholesky", tol=1e-12, max_iter=1000))
        self.model_.fit(features, target)
        self.classes_ = self.model_.classes_
        return self

    def predict_proba(self, features):
        return self.model_.predict_proba(features)

    def predict(self, features):
        return self.model_.predict(features)


with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
features = numpy.array(job["columns"], dtype=float).T
target = numpy.array(job["labels"])
train, test = numpy.array(job["train"]), numpy.array(job["test"])
place = {row: i for i, row in enumerate(train.tolist())}
folds = [
    (numpy.array([place[row] for row in fold["train"]]), numpy.array([place[row] for row in fold["test"]]))
    for fold in job["folds"]
]
model = CalibratedClassifierCV(ByProbabilities(), method=job["method"], cv=folds, ensemble=False)
model.fit(features[train], target[train])
answer = {
    "version": sklearn.__version__,
    "probabilities": model.predict_proba(features[test]).ravel().tolist(),
}
if job["threshold"] is not None:
    decided = FixedThresholdClassifier(FrozenEstimator(model), threshold=job["threshold"], pos_label=1)
    decided.fit(features[train], target[train])
    answer["labels"] = decided.predict(features[test]).tolist()
print(json.dumps(answer))
