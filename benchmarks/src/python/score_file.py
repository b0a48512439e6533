"""Times pandas and scikit-learn: read a file, score it by a forest of 100 trees, write it with
three columns more. Usage: python score_file.py JOB.json; prints JSON.

The forest is fitted beforehand, on the same columns, with the same hyperparameters.
"""

import datetime
import json
import sys
import time

import pandas
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
is_parquet = job["format"] == "parquet"
read = pandas.read_parquet if is_parquet else pandas.read_csv
train = pandas.read_csv(job["trainPath"])
target = job["target"]
numbers, texts = job["numbers"], job["texts"]
encode = ColumnTransformer(
    [("numbers", "passthrough", numbers), ("texts", OneHotEncoder(handle_unknown="ignore"), texts)],
    sparse_threshold=0,
)


def score(model):
    frame = read(job["path"])
    probabilities = model.predict_proba(frame)
    best = probabilities.argmax(axis=1)
    frame["prediction"] = model.classes_[best]
    frame["probability"] = probabilities[range(len(best)), best]
    frame["prediction_timestamp"] = datetime.datetime.now(datetime.UTC).isoformat()
    if is_parquet:
        frame.to_parquet(job["outputPath"], compression="zstd")
    else:
        frame.to_csv(job["outputPath"], index=False, float_format=job["floatFormat"])


contenders = []
for jobs in (1, -1):
    forest = RandomForestClassifier(100, max_depth=10, n_jobs=jobs, random_state=42)
    model = Pipeline([("encode", encode), ("forest", forest)]).fit(train, train[target])
    assert len(forest.estimators_) == 100
    times = []
    for run in range(job["runs"] + 1):
        start = time.perf_counter()
        score(model)
        times.append((time.perf_counter() - start) * 1000)
    name = f"pandas {pandas.__version__}, scikit-learn {sklearn.__version__}, "
    contenders.append({"name": name + ("1 job" if jobs == 1 else "all jobs"), "timesMs": times[1:]})
print(json.dumps(contenders))
