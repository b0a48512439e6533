"""Fit scikit-learn forests and print them as plain arrays, with shap's values for some rows."""

import json
import sys

import numpy as np
import shap
import sklearn
from sklearn.datasets import make_classification, make_regression
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

ROWS = 40


def plain_tree(tree, is_classifier):
    values = tree.value[:, 0, :] if is_classifier else tree.value[:, :, 0]
    if is_classifier:
        values = values / values.sum(axis=1, keepdims=True)
    return {
        "left": tree.children_left.tolist(),
        "right": tree.children_right.tolist(),
        "feature": tree.feature.tolist(),
        # JSON has no infinity: it parts present values from missing ones.
        "threshold": [t if np.isfinite(t) else None for t in tree.threshold.tolist()],
        "missingLeft": tree.missing_go_to_left.tolist(),
        "cover": tree.weighted_n_node_samples.tolist(),
        "values": values.tolist(),
    }


def explained(name, forest, features, target, is_classifier):
    # scikit-learn and shap compare in single precision: so must the numbers be.
    features = features.astype(np.float32)
    forest.fit(features, target)
    rows = features[:ROWS]
    explainer = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")
    contributions = np.asarray(explainer.shap_values(rows, check_additivity=False))
    if contributions.ndim == 2:
        contributions = contributions[:, :, None]
    scores = forest.predict_proba(rows) if is_classifier else forest.predict(rows)[:, None]
    return {
        "name": name,
        "trees": [plain_tree(tree.tree_, is_classifier) for tree in forest.estimators_],
        "columns": [
            [None if np.isnan(value) else float(value) for value in column] for column in rows.T
        ],
        "baseValues": np.atleast_1d(explainer.expected_value).tolist(),
        "contributions": contributions.tolist(),
        "scores": scores.tolist(),
    }


def main():
    few, labels = make_classification(
        600, 8, n_informative=5, n_classes=2, random_state=1
    )
    many, classes = make_classification(
        600, 12, n_informative=8, n_classes=3, n_clusters_per_class=2, random_state=2
    )
    inputs, amounts = make_regression(500, 10, n_informative=7, noise=5, random_state=3)
    holes = inputs.copy()
    holes[np.random.default_rng(4).random(holes.shape) < 0.1] = np.nan
    cases = [
        explained(
            "two classes",
            RandomForestClassifier(25, max_depth=6, random_state=0),
            *(few, labels, True),
        ),
        explained(
            "three classes, full depth, weighted",
            RandomForestClassifier(15, class_weight="balanced", random_state=0),
            *(many, classes, True),
        ),
        explained(
            "regression",
            RandomForestRegressor(20, max_depth=12, random_state=0),
            *(inputs, amounts, False),
        ),
    ]
    missing = RandomForestRegressor(20, max_depth=8, random_state=0)
    cases.append(explained("regression with missing values", missing, holes, amounts, False))
    versions = {"shap": shap.__version__, "scikit-learn": sklearn.__version__}
    json.dump({"versions": versions, "cases": cases}, sys.stdout)


main()
