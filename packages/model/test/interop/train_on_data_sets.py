"""Train LightGBM or XGBoost on public data sets, as frames with categories and missing values.

Takes: the library, the folder of the data sets, the folder to write to. Prints the index of what was
written as JSON: of each data set its cells (column after column, float64, categories as codes), of
each model its file, its predictions, and its contributions to the first rows (`pred_contrib`).
"""
import json
import os
import sys

import numpy as np
import pandas

library, source, folder = sys.argv[1:4]
EXPLAINED = 60
CONTRIBUTIONS = "pred_contrib" if library == "lightgbm" else "pred_contribs"


def read(file, target, drop=()):
    frame = pandas.read_csv(os.path.join(source, file))
    labels = frame.pop(target)
    return frame.drop(columns=list(drop)), labels


def telco():
    frame, labels = read("telco_customer_churn.csv", "Churn", ["customerID"])
    frame["TotalCharges"] = pandas.to_numeric(frame["TotalCharges"], errors="coerce")
    return frame, (labels == "Yes").astype(float), "classes"


def titanic():
    frame, labels = read("titanic.csv", "survived", ["name"])
    frame["pclass"] = frame["pclass"].astype(str)
    return frame, labels.astype(float), "classes"


def pima():
    frame, labels = read("pima_diabetes.csv", "outcome")
    measured = ["glucose", "blood_pressure", "skin_thickness", "insulin", "bmi"]
    frame[measured] = frame[measured].astype(float).replace(0, np.nan)
    return frame, labels.astype(float), "classes"


def iris():
    frame, labels = read("iris.csv", "species")
    return frame, labels.astype("category").cat.codes.astype(float), "classes"


def california():
    frame, labels = read("california_housing.csv", "median_house_value")
    return frame, labels / 100_000, "numbers"


def objectives(kind, labels):
    class_count = int(labels.max()) + 1 if kind == "classes" else 0
    if library == "lightgbm":
        if class_count > 2:
            return [dict(objective="multiclass", num_class=class_count), dict(objective="multiclass", num_class=class_count, boosting="rf", bagging_freq=1, bagging_fraction=0.6)]
        if class_count == 2:
            return [
                dict(objective="binary"),
                dict(objective="binary", is_unbalance=True),
                dict(objective="cross_entropy"),
                dict(objective="lambdarank"),
                dict(objective="rank_xendcg"),
            ]
        names = ["regression", "regression_l1", "huber", "fair", "poisson", "quantile", "mape", "gamma", "tweedie"]
        others = [dict(boosting="dart"), dict(boosting="rf", bagging_freq=1, bagging_fraction=0.6), dict(data_sample_strategy="goss"), dict(extra_trees=True)]
        return [dict(objective=name) for name in names] + [dict(objective="regression", **other) for other in others]
    if class_count > 2:
        return [dict(objective="multi:softprob", num_class=class_count)]
    if class_count == 2:
        return [
            dict(objective="binary:logistic"),
            dict(objective="binary:logistic", tree_method="approx", scale_pos_weight=2),
            dict(objective="reg:logistic"),
            dict(objective="binary:logitraw"),
            dict(objective="rank:ndcg"),
            dict(objective="rank:map"),
            dict(objective="rank:pairwise"),
        ]
    names = ["reg:squarederror", "reg:squaredlogerror", "reg:pseudohubererror", "reg:absoluteerror", "reg:quantileerror", "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft"]
    others = [dict(booster="dart", rate_drop=0.3), dict(num_parallel_tree=3, subsample=0.6), dict(grow_policy="lossguide", max_leaves=20)]
    more = {
        "reg:quantileerror": dict(quantile_alpha=0.8),
        # At slope 1 leaves of hundreds cancel out, and leave single precision 1e-5 of the sum.
        "reg:pseudohubererror": dict(huber_slope=5),
        # Raw scores far from 0 lose digits too, which an exponential multiplies.
        "survival:cox": dict(eta=0.05),
    }
    return [dict(objective=name, **more.get(name, {})) for name in names] + [
        dict(objective="reg:squarederror", **other) for other in others
    ]


def train_lightgbm(frame, labels, settings):
    import lightgbm

    groups = [len(labels)] if len(labels) < 10_000 and "rank" in settings["objective"] else None
    data = lightgbm.Dataset(frame, labels, group=groups)
    settings = dict(verbose=-1, seed=1, num_threads=1, num_leaves=15, min_data_in_leaf=8, **settings)
    booster = lightgbm.train(settings, data, 20)
    return booster, frame, ["txt"]


def train_xgboost(frame, labels, settings):
    import xgboost

    data = xgboost.DMatrix(frame, labels, enable_categorical=True)
    if settings["objective"].startswith("rank"):
        data.set_group([len(labels)])
    if settings["objective"] == "survival:aft":
        data.set_float_info("label_lower_bound", labels)
        data.set_float_info("label_upper_bound", labels)
    booster = xgboost.train(dict(max_depth=5, seed=1, nthread=1, **settings), data, 20)
    return booster, data, ["json", "ubj"]


index = []
for make in (telco, titanic, pima, iris, california):
    frame, labels, kind = make()
    for name in frame.columns:
        if not pandas.api.types.is_numeric_dtype(frame[name]):
            frame[name] = frame[name].astype("category")
    categorical = [isinstance(frame[name].dtype, pandas.CategoricalDtype) for name in frame]
    cells = np.column_stack([
        np.where(frame[name].isna(), np.nan, frame[name].cat.codes) if isinstance(frame[name].dtype, pandas.CategoricalDtype) else frame[name]
        for name in frame
    ]).astype(float)
    path = os.path.join(folder, f"{make.__name__}.f64")
    cells.T.astype("<f8").tofile(path)
    models = []
    for settings in objectives(kind, labels):
        train = train_lightgbm if library == "lightgbm" else train_xgboost
        booster, rows, endings = train(frame, labels, settings)
        files = {ending: os.path.join(folder, f"{make.__name__}-{len(models)}.{ending}") for ending in endings}
        for file in files.values():
            booster.save_model(file)
        contributions = booster.predict(rows, **{CONTRIBUTIONS: True})[:EXPLAINED]
        # LightGBM averages what the trees of a forest predict, and adds up what they contribute.
        averaged = booster.num_trees() // booster.num_model_per_iteration() if settings.get("boosting") == "rf" else 1
        models.append(dict(
            name=f"{make.__name__} {json.dumps(settings)}",
            files=files,
            predictions=booster.predict(rows).tolist(),
            contributions=(contributions / averaged).ravel().tolist(),
        ))
    index.append(dict(
        cells=path,
        rowCount=len(frame),
        features=list(frame.columns),
        categorical=categorical,
        models=models,
    ))
print(json.dumps(index))
