"""Fit scikit-learn pipelines on seeded rows, write them with skl2onnx, and print what they predict.

Usage: write_sklearn_onnx.py <folder>. Prints a JSON list of models: file, columns, rows as columns,
and either classes and probabilities or values, as scikit-learn gives them for the same rows.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

folder = Path(sys.argv[1])
rng = np.random.default_rng(7)
n = 400
# Tenths: no float32 holds them, and many rows share a value, so thresholds are met exactly.
numbers = np.round(rng.normal(size=(n, 5)) * 3, 1)
signal = numbers[:, 0] + np.sin(numbers[:, 1]) + 0.5 * rng.normal(size=n)
two = np.where(signal > 0, "yes", "no")
three = np.digitize(signal, [-1, 1])
value = 100 * signal + 5
wide_columns = [f"x{i}" for i in range(5)]

mixed = pd.DataFrame(
    {
        "age": np.where(rng.random(n) < 0.2, np.nan, numbers[:, 0]),
        "fare": np.where(rng.random(n) < 0.1, np.nan, numbers[:, 1]),
        "sex": rng.choice(["f", "m"], n),
        "port": rng.choice(["Cherbourg", "Queenstown", "Southampton"], n),
    }
)
mixed_types = [
    ("age", FloatTensorType([None, 1])),
    ("fare", FloatTensorType([None, 1])),
    ("sex", StringTensorType([None, 1])),
    ("port", StringTensorType([None, 1])),
]
# Texts first, so that the features come in another order than the columns.
encoded = make_column_transformer(
    (OneHotEncoder(handle_unknown="ignore"), ["sex", "port"]),
    (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["fare", "age"]),
)
placed = make_column_transformer(
    (SimpleImputer(), ["age", "fare"]), (OrdinalEncoder(), ["port"])
)

cases = [
    ("forest of two classes", RandomForestClassifier(20, random_state=1), numbers, two, None),
    ("forest of three classes", RandomForestClassifier(20, random_state=1), numbers, three, None),
    ("extra trees", ExtraTreesClassifier(10, random_state=1), numbers, two, None),
    ("one tree", DecisionTreeClassifier(max_depth=4), numbers, three, None),
    ("forest of numbers", RandomForestRegressor(20, random_state=1), numbers, value, None),
    ("one tree of numbers", DecisionTreeRegressor(max_depth=5), numbers, value, None),
    ("boosted trees of two classes", GradientBoostingClassifier(n_estimators=20), numbers, two, None),
    ("boosted trees of three classes", GradientBoostingClassifier(n_estimators=10), numbers, three, None),
    ("boosted trees of numbers", GradientBoostingRegressor(n_estimators=20), numbers, value, None),
    ("logistic regression of two classes", make_pipeline(StandardScaler(), LogisticRegression()), numbers, two, None),
    ("logistic regression of three classes", make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression()), numbers, three, None),
    ("linear regression", make_pipeline(MinMaxScaler(), LinearRegression()), numbers, value, None),
    ("ridge regression", Ridge(), numbers, value, None),
    ("pipeline with texts and missing cells", make_pipeline(encoded, LogisticRegression()), mixed, two, mixed_types),
    ("forest with ordinals", make_pipeline(placed, RandomForestClassifier(10, random_state=1)), mixed, two, mixed_types),
]

models = []
for name, model, rows, target, types in cases:
    model.fit(rows, target)
    sample = rows[:1].astype(np.float32) if types is None else None
    file = folder / f"{len(models)}.onnx"
    file.write_bytes(to_onnx(model, sample, initial_types=types).SerializeToString())
    frame = pd.DataFrame(rows, columns=wide_columns) if types is None else rows
    described = {
        "name": name,
        "file": str(file),
        "columns": list(frame.columns),
        "cells": {
            column: [None if pd.isna(cell) else cell for cell in frame[column].tolist()]
            for column in frame.columns
        },
    }
    if hasattr(model, "predict_proba"):
        described["classes"] = [str(label) for label in model.classes_]
        described["scores"] = model.predict_proba(rows).ravel().tolist()
    else:
        described["scores"] = model.predict(rows).tolist()
    models.append(described)

print(json.dumps(models))
