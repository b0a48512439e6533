"""Reference vectors for the preprocess tests: what scikit-learn makes of small columns.

Run with scikit-learn and pandas installed:

    python test/reference/scikit_learn.py > test/fixtures/scikit-learn.json

Missing cells are null in the JSON. Versions are recorded in it.
"""

import json
import math
import platform
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, StratifiedKFold, StratifiedShuffleSplit
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler

random = np.random.RandomState(7)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, (float, np.floating)):
        return None if math.isnan(value) else float(value)
    if isinstance(value, np.integer):
        return int(value)
    return value


def with_gaps(values, share):
    values = np.array(values, dtype=float)
    values[random.rand(values.size) < share] = np.nan
    return values


def column(values):
    return np.array(values, dtype=float).reshape(-1, 1)


def texts(values):
    cells = [np.nan if value is None else value for value in values]
    return np.array(cells, dtype=object).reshape(-1, 1)


def transformed(fitted, train, test):
    return {
        "train": fitted.transform(train).T,
        "test": fitted.transform(test).T,
    }


numbers = {
    "normal": random.randn(24),
    "gaps": with_gaps(random.randn(24) * 12.5 + 3, 0.25),
    "amounts": with_gaps(np.round(np.exp(random.randn(24) * 2 + 5), 2), 0.1),
    "offset": 1e5 + random.rand(24),
    "times": 1.7e12 + np.round(random.rand(24) * 1e10),
    "constant": np.full(24, 0.1),
    "nearly_constant": 1 + np.arange(24) * 1e-17,
    "counts": random.poisson(3, 24).astype(float),
    "ties": np.array([2.0, 1.0, 2.0, 1.0, 3.0, np.nan]),
}
unseen = [-3.5, 0.0, 1e6, float("nan")]

number_cases = {}
for name, values in numbers.items():
    train, test = column(values), column(unseen)
    case = {"train": values, "test": unseen}
    for strategy in ("mean", "median", "most_frequent"):
        case[strategy] = transformed(
            SimpleImputer(strategy=strategy, add_indicator=True).fit(train), train, test
        )
    case["constant"] = transformed(
        SimpleImputer(strategy="constant", fill_value=-1).fit(train), train, test
    )
    case["standard_scale"] = transformed(StandardScaler().fit(train), train, test)
    case["min_max_scale"] = transformed(MinMaxScaler((-1, 2)).fit(train), train, test)
    case["min_max_clip"] = transformed(MinMaxScaler(clip=True).fit(train), train, test)
    if len(np.unique(values)) < 12:
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train)
        case["one_hot"] = transformed(encoder, train, test)
    case["quantiles"] = np.nanquantile(values, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    described = pd.Series(values).describe()
    case["described"] = {key: described[key] for key in ("mean", "std", "min", "max")}
    case["log1p"] = np.log1p(np.abs(values))
    number_cases[name] = case

pool = ["red", "green", "blue", "Ünder", "zebra", "Zebra", "a b", "10", "9"]
varied = list(random.choice(pool, 48, p=[0.3, 0.2, 0.15, 0.1, 0.09, 0.06, 0.05, 0.03, 0.02]))
gaps = [None if random.rand() < 0.2 else value for value in varied]
text_cases = {}
for name, values in {"full": varied, "gaps": gaps}.items():
    train = texts(values)
    test = texts(["red", "unheard of", None, "9", "Zebra"])
    case = {"train": values, "test": test[:, 0]}
    settings = {
        "ignore": dict(handle_unknown="ignore"),
        "max_1": dict(handle_unknown="infrequent_if_exist", max_categories=1),
        "max_4": dict(handle_unknown="infrequent_if_exist", max_categories=4),
        "max_4_ignore": dict(handle_unknown="ignore", max_categories=4),
        "max_exact": dict(handle_unknown="ignore", max_categories=len(set(varied))),
        "max_above": dict(handle_unknown="ignore", max_categories=len(set(varied)) + 1),
        "min_5": dict(handle_unknown="infrequent_if_exist", min_frequency=5),
        "min_4_max_5": dict(handle_unknown="ignore", min_frequency=4, max_categories=5),
    }
    for setting, options in settings.items():
        encoder = OneHotEncoder(sparse_output=False, **options).fit(train)
        case[setting] = transformed(encoder, train, test)
    encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(train)
    case["ordinal"] = transformed(encoder, train, test[[0, 1, 3, 4]])
    imputer = SimpleImputer(strategy="most_frequent").fit(train)
    case["most_frequent"] = imputer.statistics_[0]
    text_cases[name] = case

split_cases = []
for counts, test_size in [
    ([50, 50, 50], 0.2),
    ([517, 191], 0.25),
    ([5174, 1869], 0.2),
    ([97, 41, 13, 7], 0.3),
    ([30, 11, 5], 0.33),
]:
    labels = random.permutation(np.repeat(np.arange(len(counts)), counts))
    splitter = StratifiedShuffleSplit(1, test_size=test_size, random_state=0)
    train, test = next(splitter.split(labels, labels))
    folds = StratifiedKFold(5, shuffle=True, random_state=0).split(labels, labels)
    split_cases.append(
        {
            "counts": counts,
            "firstLabels": labels[np.sort(np.unique(labels, return_index=True)[1])],
            "testSize": test_size,
            "train": np.bincount(labels[train]),
            "test": np.bincount(labels[test]),
            "foldTests": [np.bincount(labels[fold], minlength=len(counts)) for _, fold in folds],
        }
    )

fold_sizes = {
    str(rows): [len(test) for _, test in KFold(5, shuffle=True, random_state=0).split(range(rows))]
    for rows in (5, 13, 100)
}

json.dump(
    plain(
        {
            "versions": {
                "python": platform.python_version(),
                "scikit-learn": sklearn.__version__,
                "numpy": np.__version__,
                "pandas": pd.__version__,
            },
            "numbers": number_cases,
            "texts": text_cases,
            "splits": split_cases,
            "foldSizes": fold_sizes,
        }
    ),
    sys.stdout,
    ensure_ascii=False,
    separators=(",", ":"),
)
