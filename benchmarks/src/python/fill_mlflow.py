"""Writes runs into the database of an MLflow server, in bulk. Usage: python fill_mlflow.py JOB.json"""

import json
import sqlite3
import sys

job = json.load(open(sys.argv[1]))
values = json.load(open(job["valuesPath"]))
database = sqlite3.connect(job["database"])
runs, metrics, params = [], [], []
for index, (first, second) in enumerate(values):
    run = f"{index:032x}"
    start = job["startTime"] + index
    runs.append((run, f"run-{index}", "UNKNOWN", "", "", "ada", "RUNNING", start, None,
                 "active", "", job["experimentId"], f"mlflow-artifacts:/{run}"))
    metrics += [("first", first, 0, run, 0, 0), ("second", second, 0, run, 0, 0)]
    params += [("depth", str(index % 10), run), ("seed", str(index), run)]
database.executemany(
    "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,"
    " start_time, end_time, lifecycle_stage, source_version, experiment_id, artifact_uri)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", runs)
for table in ("metrics", "latest_metrics"):
    database.executemany(
        f"INSERT INTO {table} (key, value, timestamp, run_uuid, step, is_nan)"
        " VALUES (?, ?, ?, ?, ?, ?)", metrics)
database.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", params)
database.commit()
database.execute("ANALYZE")
database.close()
print(json.dumps([]))
