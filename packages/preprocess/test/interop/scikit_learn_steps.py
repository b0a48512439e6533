"""Fit scikit-learn's transformers to columns and print what they make of them, as JSON."""

import json
import sys
import warnings

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import VarianceThreshold, f_classif, f_regression
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PowerTransformer,
    RobustScaler,
    StandardScaler,
    TargetEncoder,
)

warnings.filterwarnings("ignore")

NUMBERS = {
    "StandardScaler": StandardScaler,
    "MinMaxScaler": MinMaxScaler,
    "RobustScaler": RobustScaler,
    "PowerTransformer": PowerTransformer,
    "KBinsDiscretizer": KBinsDiscretizer,
    "SimpleImputer": SimpleImputer,
    "MissingIndicator": MissingIndicator,
}
TEXTS = {"OneHotEncoder": OneHotEncoder, "OrdinalEncoder": OrdinalEncoder}
DOCUMENTS = {"TfidfVectorizer": TfidfVectorizer, "HashingVectorizer": HashingVectorizer}


def numbers(cells):
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)


def texts(cells):
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=object)


def as_lists(matrix):
    matrix = matrix.toarray() if hasattr(matrix, "toarray") else np.asarray(matrix)
    columns = np.asarray(matrix, dtype=float).T
    return [[None if np.isnan(x) else float(x) for x in column] for column in columns]


def encode_targets(case):
    """Each fold by an encoder of the other folds, later rows by one of all rows."""
    train, test = texts(case["train"])[:, None], texts(case["test"])[:, None]
    target = np.array(case["target"])
    arguments = case["arguments"]
    probe = TargetEncoder(**arguments).fit(train, target)
    out = np.empty((len(train), probe.transform(train[:1]).shape[1]))
    for fold in case["folds"]:
        rest = np.setdiff1d(np.arange(len(train)), fold)
        encoder = TargetEncoder(**arguments).fit(train[rest], target[rest])
        out[fold] = encoder.transform(train[fold])
    return {"train": as_lists(out), "test": as_lists(probe.transform(test))}


def take_apart(case):
    """As pandas does."""
    times = pd.to_datetime(pd.Series(case["test"], dtype=float), unit="ms").dt
    parts = [
        times.year, times.quarter, times.month, times.day,
        times.day_of_year, times.weekday, times.hour, times.minute,
    ]
    return {"test": as_lists(np.array(parts, dtype=float).T)}


def run(case):
    name, arguments = case["transformer"], dict(case.get("arguments", {}))
    if "quantile_range" in arguments:
        arguments["quantile_range"] = tuple(arguments["quantile_range"])
    if name == "TargetEncoder":
        return encode_targets(case)
    if name == "dates":
        return take_apart(case)
    if name == "scores":
        score = f_regression if case["task"] == "regression" else f_classif
        columns = np.array([numbers(column) for column in case["columns"]]).T
        # Neither depends on where zero is, but scikit-learn's sums of squares drown in offsets.
        columns = columns - columns[0]
        return {
            "scores": as_lists(score(columns, np.array(case["target"]))[0][:, None])[0],
            "correlations": as_lists(pd.DataFrame(columns).corr().to_numpy()),
            "low": (~VarianceThreshold().fit(columns).get_support()).tolist(),
        }
    if name in DOCUMENTS:
        train, test = ([cell or "" for cell in case[side]] for side in ("train", "test"))
    else:
        make = numbers if name in NUMBERS else texts
        train, test = (make(case[side])[:, None] for side in ("train", "test"))
    transformer = {**NUMBERS, **TEXTS, **DOCUMENTS}[name](**arguments).fit(train)
    result = {
        "train": as_lists(transformer.transform(train)),
        "test": as_lists(transformer.transform(test)),
    }
    if name == "PowerTransformer":
        present = numbers(case["train"])
        present = present[~np.isnan(present)]
        result["lambda"] = float(transformer.lambdas_[0])
        result["likelihoods"] = [
            float(stats.yeojohnson_llf(exponent, present))
            for exponent in (case["lambda"], result["lambda"])
        ]
    if name == "TfidfVectorizer":
        result["words"] = transformer.get_feature_names_out().tolist()
    return result


with open(sys.argv[1], encoding="utf-8") as job:
    json.dump([run(case) for case in json.load(job)["cases"]], sys.stdout)
