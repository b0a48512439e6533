"""Write calibration.json: calibrations that scikit-learn fits, and what they make of probabilities.

Needs scikit-learn in any virtual environment outside the repository:
    python test/calibration/reference.py
"""

import json
import platform
import warnings
from pathlib import Path

import numpy as np
import sklearn
from scipy.special import expit
from sklearn.calibration import CalibratedClassifierCV, _SigmoidCalibration
from sklearn.datasets import make_classification
from sklearn.frozen import FrozenEstimator
from sklearn.isotonic import IsotonicRegression
from sklearn.naive_bayes import GaussianNB

warnings.simplefilter("ignore")
rng = np.random.default_rng(20260303)


def exact_sigmoid(scores, actual, weights):
    """The minimum that _SigmoidCalibration comes near: Newton's method on its own loss."""
    weights = np.ones(len(scores)) if weights is None else weights
    positives, negatives = weights[actual == 1].sum(), weights[actual == 0].sum()
    targets = np.where(actual == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    design = np.column_stack([scores, np.ones(len(scores))])
    point = np.array([0.0, np.log((positives + 1) / (negatives + 1))])
    for _ in range(200):
        p = expit(design @ point)
        gradient = design.T @ (weights * (p - targets))
        curvature = design.T @ (design * (weights * p * (1 - p))[:, None])
        move = np.linalg.solve(curvature, gradient)
        point = point - move * min(1, 5 / max(1e-300, np.abs(move).max()))
    assert np.abs(gradient).max() < 1e-10, gradient
    return point


def binary(name, actual, scores, weights=None):
    actual, scores = np.asarray(actual), np.asarray(scores, dtype=float)
    weights = None if weights is None else np.asarray(weights, dtype=float)
    grid = np.concatenate([np.linspace(0, 1, 21), scores[:10]])
    slope, intercept = exact_sigmoid(scores, actual, weights)
    isotonic = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, actual, weights)
    return {
        "name": name,
        "actual": actual.tolist(),
        "scores": scores.tolist(),
        "weights": None if weights is None else weights.tolist(),
        "grid": grid.tolist(),
        "slope": slope,
        "intercept": intercept,
        "sigmoid": expit(slope * grid + intercept).tolist(),
        "sigmoidOfScikitLearn": _SigmoidCalibration().fit(scores, actual, weights).predict(grid).tolist(),
        "isotonicScores": isotonic.X_thresholds_.tolist(),
        "isotonicProbabilities": isotonic.y_thresholds_.tolist(),
        "isotonic": isotonic.predict(grid).tolist(),
    }


def classifier(name, classes, weighted=False):
    features, labels = make_classification(
        n_samples=170, n_features=6, n_informative=4, n_redundant=2, n_classes=classes,
        n_clusters_per_class=1, class_sep=0.8, random_state=classes,
    )
    model = GaussianNB().fit(features[:80], labels[:80])
    weights = np.round(rng.random(60) * 3, 2) if weighted else None
    held, fresh = slice(80, 140), slice(140, 170)

    def calibrated(method):
        calibration = CalibratedClassifierCV(FrozenEstimator(model), method=method, ensemble=True, cv=[
            (np.arange(60), np.arange(60))])
        calibration.fit(features[held], labels[held], weights)
        return calibration.predict_proba(features[fresh]).ravel().tolist()

    return {
        "name": name,
        "classCount": classes,
        "actual": labels[held].tolist(),
        "probabilities": model.predict_proba(features[held]).ravel().tolist(),
        "weights": None if weights is None else weights.tolist(),
        "fresh": model.predict_proba(features[fresh]).ravel().tolist(),
        "sigmoid": calibrated("sigmoid"),
        "isotonic": calibrated("isotonic"),
    }


def drawn(rows, power):
    scores = rng.random(rows)
    return (rng.random(rows) < scores**power).astype(int), scores


labels, scores = drawn(60, 2.0)
document = {
    "versions": {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "binaries": [
        binary("overconfident", labels, scores),
        binary("many ties", labels, np.round(scores, 1)),
        binary("uneven weights", labels, scores, rng.random(60) * 4),
        binary("weights, some 0", labels, np.round(scores, 1), rng.integers(0, 3, 60)),
        binary("worse than chance", 1 - labels, scores),
        binary("perfectly apart", [0, 0, 0, 1, 1, 1], [0.1, 0.2, 0.3, 0.7, 0.8, 0.9]),
        binary("rare", *drawn(80, 8.0)),
    ],
    "classifiers": [
        classifier("two classes", 2),
        classifier("two classes, weights", 2, weighted=True),
        classifier("three classes", 3),
        classifier("four classes, weights", 4, weighted=True),
    ],
}
(Path(__file__).parent / "calibration.json").write_text(json.dumps(document) + "\n")
for entry in document["binaries"]:
    print(entry["name"], np.abs(np.subtract(entry["sigmoid"], entry["sigmoidOfScikitLearn"])).max())
