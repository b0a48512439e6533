"""Time scikit-learn's ColumnTransformer on columns that a benchmark wrote.

Usage: fit_columns.py <job.json>. Prints contenders as JSON.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)

columns = {}
for column in job["columns"]:
    if "dictionary" in column:
        words = np.array([*column["dictionary"], np.nan], dtype=object)
        columns[column["name"]] = words[np.fromfile(column["path"], dtype=np.int32)]
    else:
        columns[column["name"]] = np.fromfile(column["path"], dtype=np.float64)
numbers = [column["name"] for column in job["columns"] if "dictionary" not in column]
texts = [column["name"] for column in job["columns"] if "dictionary" in column]
frame = pd.DataFrame({name: pd.Series(cells, dtype=cells.dtype) for name, cells in columns.items()})


def transformer():
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (
                "texts",
                make_pipeline(
                    SimpleImputer(strategy="most_frequent"),
                    OneHotEncoder(handle_unknown="ignore"),
                ),
                texts,
            ),
        ]
    )


def time_runs(work):
    work()
    times = []
    for _ in range(job["runs"]):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


json.dump(
    [
        {
            "name": "scikit-learn, fit_transform",
            "timesMs": time_runs(lambda: transformer().fit_transform(frame)),
        },
        {
            "name": "scikit-learn, fit then transform",
            "timesMs": time_runs(lambda: transformer().fit(frame).transform(frame)),
        },
    ],
    sys.stdout,
)
