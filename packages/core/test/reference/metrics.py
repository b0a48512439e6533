"""Write ../fixtures/metrics.json: what scikit-learn measures on small, fixed outcomes.

Needs scikit-learn in any virtual environment outside the repository:
    python -P test/reference/metrics.py
(-P, because random.py in this folder would hide the one of Python.)
"""

import json
import math
import platform
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    confusion_matrix,
    log_loss,
    matthews_corrcoef,
    mean_absolute_error,
    mean_absolute_percentage_error,
    median_absolute_error,
    precision_recall_fscore_support,
    r2_score,
    roc_auc_score,
    root_mean_squared_error,
)

warnings.simplefilter("ignore")
rng = np.random.default_rng(20260101)


def number(value):
    """JSON has no NaN; null stands for it."""
    value = float(value)
    return None if math.isnan(value) else value


def classification(name, actual, probabilities, positive=None, listed=True):
    actual = np.asarray(actual)
    probabilities = np.asarray(probabilities, dtype=float)
    count = probabilities.shape[1]
    codes = list(range(count))
    predicted = probabilities.argmax(axis=1)
    binary = count == 2
    positive = 1 if positive is None else positive
    precision, recall, f1, _ = precision_recall_fscore_support(
        actual,
        predicted,
        labels=None if binary else codes,
        pos_label=positive,
        average="binary" if binary else "macro",
        zero_division=np.nan,
    )
    if binary:
        auc = roc_auc_score(actual == positive, probabilities[:, positive])
    else:
        # What roc_auc_score(multi_class="ovr") does, class by class; it refuses absent classes.
        auc = np.mean([roc_auc_score(actual == code, probabilities[:, code]) for code in codes])
        if len(set(actual.tolist())) == count:
            assert abs(auc - roc_auc_score(actual, probabilities, multi_class="ovr")) < 1e-15
    is_positive = [actual == code for code in ([positive] if binary else codes)]
    scores = [probabilities[:, code] for code in ([positive] if binary else codes)]
    # Without positive rows there is no precision to average; scikit-learn puts 0.
    pr_auc = np.mean(
        [average_precision_score(a, s) if a.any() else np.nan for a, s in zip(is_positive, scores)]
    )
    # With one class on either side nothing can correlate; scikit-learn puts 0.
    one_sided = len(set(actual.tolist())) == 1 or len(set(predicted.tolist())) == 1
    brier = brier_score_loss(actual, probabilities, labels=codes)
    return {
        "name": name,
        **({"actual": actual.tolist(), "probabilities": probabilities.ravel().tolist()} if listed else {}),
        "classCount": count,
        "positive": positive if binary else None,
        "accuracy": number(accuracy_score(actual, predicted)),
        "precision": number(precision),
        "recall": number(recall),
        "f1": number(f1),
        "rocAuc": number(auc),
        "logLoss": number(log_loss(actual, probabilities, labels=codes)),
        "prAuc": number(pr_auc),
        "brier": number(brier),
        "mcc": number(np.nan if one_sided else matthews_corrcoef(actual, predicted)),
        "balancedAccuracy": number(balanced_accuracy_score(actual, predicted)),
        "confusionMatrix": confusion_matrix(actual, predicted, labels=codes).tolist(),
    }


def regression(name, actual, predicted):
    actual = np.asarray(actual, dtype=float)
    predicted = np.asarray(predicted, dtype=float)
    r2 = r2_score(actual, predicted, force_finite=False)
    return {
        "name": name,
        "actual": actual.tolist(),
        "predicted": predicted.tolist(),
        "rmse": number(root_mean_squared_error(actual, predicted)),
        "mae": number(mean_absolute_error(actual, predicted)),
        "r2": number(r2),
        "mape": number(mean_absolute_percentage_error(actual, predicted)),
        "medianAbsoluteError": number(median_absolute_error(actual, predicted)),
    }


def two(positive_probabilities):
    p = np.asarray(positive_probabilities, dtype=float)
    return np.column_stack([1 - p, p])


def many(rows, classes, decimals):
    raw = np.round(rng.dirichlet(np.ones(classes), rows), decimals) + 10.0**-decimals
    return raw / raw.sum(axis=1, keepdims=True)


# Made by a formula in the test too: 5000 rows, many ties.
index = np.arange(5000)
formula_actual = (index * 7919 % 10007 % 3 == 0).astype(int)
formula_score = (index * 104729 % 997 + 300 * formula_actual) / 1300

classifications = [
    classification("binary", rng.integers(0, 2, 40), two(rng.random(40))),
    classification("binary with many ties", rng.integers(0, 2, 60), two(np.round(rng.random(60), 1))),
    classification("binary, first class positive", rng.integers(0, 2, 40), two(rng.random(40)), 0),
    classification("binary, certain and wrong", [0, 1, 0, 1, 1], two([0, 1, 1, 0, 0.5])),
    classification("binary, nothing predicted positive", [0, 1, 0, 1], two([0.1, 0.4, 0.3, 0.2])),
    classification("binary, one class present", [0, 0, 0], two([0.1, 0.7, 0.3])),
    classification("binary, all scores equal", [0, 1, 1, 0, 1], two([0.5] * 5)),
    classification("three classes", rng.integers(0, 3, 50), many(50, 3, 6)),
    classification("five classes with ties", rng.integers(0, 5, 80), many(80, 5, 1)),
    classification("three classes, one never predicted", [0, 1, 2, 2, 0], [
        [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.3, 0.4, 0.3], [0.8, 0.1, 0.1]]),
    classification("three classes, one absent", [0, 1, 1, 0], [
        [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.2, 0.3, 0.5], [0.3, 0.4, 0.3]]),
    classification("formula", formula_actual, two(formula_score), listed=False),
]
truth = rng.normal(100, 25, 50)
regressions = [
    regression("noisy", truth, truth + rng.normal(0, 10, 50)),
    regression("worse than the mean", truth, rng.normal(60, 40, 50)),
    regression("far from zero", 1e6 + rng.random(30), 1e6 + rng.random(30)),
    regression("perfect", [1, 2, 4], [1, 2, 4]),
    regression("one row", [3], [5]),
]
versions = {
    "python": platform.python_version(),
    "numpy": np.__version__,
    "scikit-learn": sklearn.__version__,
}
path = Path(__file__).parent.parent / "fixtures" / "metrics.json"
document = {"versions": versions, "classifications": classifications, "regressions": regressions}
path.write_text(json.dumps(document) + "\n")
