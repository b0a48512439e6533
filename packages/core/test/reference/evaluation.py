"""Write ../fixtures/evaluation.json: curves, reports, calibration and weighted figures of scikit-learn.

Needs scikit-learn in any virtual environment outside the repository:
    python -P test/reference/evaluation.py
(-P, because random.py in this folder would hide the one of Python.)
"""

import json
import math
import platform
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
rng = np.random.default_rng(20260202)


def plain(value):
    """JSON has neither NaN nor Infinity; null and "Infinity" stand for them."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, (float, np.floating)):
        value = float(value)
        return None if math.isnan(value) else "Infinity" if value == math.inf else value
    return value.item() if isinstance(value, np.integer) else value


def roc(actual, scores, weights, thinned):
    rates = metrics.roc_curve(actual, scores, sample_weight=weights, drop_intermediate=thinned)
    return dict(zip(("falsePositiveRates", "truePositiveRates", "thresholds"), rates))


def precision_recall(actual, scores, weights, thinned):
    precisions, recalls, thresholds = metrics.precision_recall_curve(
        actual, scores, sample_weight=weights, drop_intermediate=thinned
    )
    # Listed from the highest threshold downwards; recall is undefined without positive rows.
    return {
        "precisions": precisions[::-1],
        "recalls": recalls[::-1] if any(actual) else np.full(len(recalls), np.nan),
        "thresholds": [math.inf, *thresholds[::-1]],
    }


def ranking(name, actual, scores, weights=None):
    actual, scores = np.asarray(actual), np.asarray(scores, dtype=float)
    weights = None if weights is None else np.asarray(weights, dtype=float)
    both = len(set(actual.tolist())) == 2
    average_precision = metrics.average_precision_score(actual, scores, sample_weight=weights)
    bins = {}
    if weights is None and scores.min() >= 0 and scores.max() <= 1:
        for strategy in ("uniform", "quantile"):
            for count in (5, 10):
                share, mean = calibration_curve(actual, scores, pos_label=1, n_bins=count, strategy=strategy)
                bins[f"{strategy} {count}"] = {"positiveShares": share, "meanProbabilities": mean}
    return {
        "name": name,
        "actual": actual,
        "scores": scores,
        "weights": weights,
        "rocCurve": {"all": roc(actual, scores, weights, False), "corners": roc(actual, scores, weights, True)},
        "precisionRecallCurve": {
            "all": precision_recall(actual, scores, weights, False),
            "corners": precision_recall(actual, scores, weights, True),
        },
        "rocAuc": metrics.roc_auc_score(actual, scores, sample_weight=weights) if both else math.nan,
        "averagePrecision": average_precision if actual.any() else math.nan,
        "calibration": bins,
    }


def classification(name, actual, probabilities, weights=None):
    actual, probabilities = np.asarray(actual), np.asarray(probabilities, dtype=float)
    count = probabilities.shape[1]
    codes = list(range(count))
    predicted = probabilities.argmax(axis=1)
    weighted = {"sample_weight": None if weights is None else np.asarray(weights, dtype=float)}
    report = {
        average or "classes": metrics.precision_recall_fscore_support(
            actual, predicted, labels=codes, average=average, zero_division=np.nan, **weighted
        )[: 3 if average else 4]
        for average in (None, "macro", "weighted", "micro")
    }
    all_present = len(set(actual.tolist())) == count
    areas = {}
    if count > 2:
        for comparison in ("ovr", "ovo"):
            for average in ("macro", "weighted"):
                takes = all_present and (comparison == "ovr" or weights is None)
                areas[f"{comparison} {average}"] = (
                    metrics.roc_auc_score(
                        actual, probabilities, multi_class=comparison, average=average, **weighted
                    )
                    if takes
                    else math.nan if not all_present else None
                )
        areas = {key: value for key, value in areas.items() if value is not None}
    return {
        "name": name,
        "actual": actual,
        "probabilities": probabilities.ravel(),
        "classCount": count,
        "weights": weighted["sample_weight"],
        "report": report,
        "rocAreas": areas,
        "accuracy": metrics.accuracy_score(actual, predicted, **weighted),
        "logLoss": metrics.log_loss(actual, probabilities, labels=codes, **weighted),
        "brier": metrics.brier_score_loss(actual, probabilities, labels=codes, **weighted),
        "mcc": metrics.matthews_corrcoef(actual, predicted, **weighted),
        "balancedAccuracy": metrics.balanced_accuracy_score(actual, predicted, **weighted),
        "confusionMatrix": metrics.confusion_matrix(actual, predicted, labels=codes, **weighted),
    }


def regression(name, actual, predicted, weights=None):
    actual, predicted = np.asarray(actual, dtype=float), np.asarray(predicted, dtype=float)
    weighted = {"sample_weight": None if weights is None else np.asarray(weights, dtype=float)}
    is_rate = (actual >= 0).all() and (predicted > 0).all()
    return {
        "name": name,
        "actual": actual,
        "predicted": predicted,
        "weights": weighted["sample_weight"],
        "rmse": metrics.root_mean_squared_error(actual, predicted, **weighted),
        "mae": metrics.mean_absolute_error(actual, predicted, **weighted),
        "r2": metrics.r2_score(actual, predicted, force_finite=False, **weighted),
        # No error is a share of 0; scikit-learn divides by the machine epsilon.
        "mape": metrics.mean_absolute_percentage_error(actual, predicted, **weighted) if actual.all() else math.nan,
        "medianAbsoluteError": metrics.median_absolute_error(actual, predicted, **weighted),
        "pinball": {
            str(quantile): metrics.mean_pinball_loss(actual, predicted, alpha=quantile, **weighted)
            for quantile in (0.1, 0.5, 0.95)
        },
        "poissonDeviance": metrics.mean_poisson_deviance(actual, predicted, **weighted) if is_rate else math.nan,
    }


def many(rows, classes, decimals):
    raw = np.round(rng.dirichlet(np.ones(classes), rows), decimals) + 10.0**-decimals
    return raw / raw.sum(axis=1, keepdims=True)


labels = rng.integers(0, 2, 40)
noisy = np.clip(0.3 * labels + rng.random(40) * 0.7, 0, 1)
rankings = [
    ranking("probabilities", labels, noisy),
    ranking("many ties", labels, np.round(noisy, 1)),
    ranking("weights, some 0", labels, np.round(noisy, 1), np.round(rng.random(40) * 3) / 2),
    ranking("uneven weights", labels, noisy, rng.random(40) * 5),
    ranking("any scores", labels, rng.normal(0, 5, 40)),
    ranking("all scores equal", [0, 1, 1, 0, 1], [0.5] * 5),
    ranking("no negative row", [1, 1, 1], [0.1, 0.7, 0.3]),
    ranking("no positive row", [0, 0, 0], [0.1, 0.7, 0.3]),
    ranking("perfect", [0, 0, 1, 1], [0, 0.2, 0.8, 1]),
    ranking("on the borders of bins", [0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1], np.arange(11) / 10),
]
classifications = [
    classification("binary", labels, np.column_stack([1 - noisy, noisy])),
    classification("binary, weights", labels, np.column_stack([1 - noisy, noisy]), rng.random(40) * 4),
    classification("three classes", rng.integers(0, 3, 50), many(50, 3, 6)),
    classification("four classes, ties", rng.integers(0, 4, 60), many(60, 4, 1)),
    classification("four classes, weights", rng.integers(0, 4, 60), many(60, 4, 2), np.round(rng.random(60) * 4)),
    classification("three classes, one never predicted", [0, 1, 2, 2, 0], [
        [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.3, 0.4, 0.3], [0.8, 0.1, 0.1]]),
    classification("three classes, one absent", [0, 1, 1, 0], [
        [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.2, 0.3, 0.5], [0.3, 0.4, 0.3]]),
]
truth = rng.normal(100, 25, 31)
counts = rng.poisson(3, 40).astype(float)
regressions = [
    regression("noisy", truth, truth + rng.normal(0, 10, 31)),
    regression("uneven weights", truth, truth + rng.normal(0, 10, 31), rng.random(31) * 3),
    regression("whole weights, some 0", truth, truth + rng.normal(0, 10, 31), rng.integers(0, 3, 31)),
    regression("half of the weight on each side", [1, 2, 3, 4], [2, 4, 6, 8], [1, 0, 1, 2]),
    regression("counts with zeros", counts, counts * 0.8 + rng.random(40) + 0.1),
    regression("counts, weights", counts + 1, counts + rng.random(40) + 0.1, rng.random(40)),
    regression("even number of rows", [1, 2, 4, 8], [1.5, 2, 3, 9]),
    regression("negative", [-1, -2, 3], [-1.5, -1, 2]),
]
document = {
    "versions": {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "rankings": rankings,
    "classifications": classifications,
    "regressions": regressions,
}
path = Path(__file__).parent.parent / "fixtures" / "evaluation.json"
path.write_text(json.dumps(plain(document)) + "\n")
