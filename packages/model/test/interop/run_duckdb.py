"""Run queries of a JSON file in DuckDB; print the rows that each gives.

Takes: a file of {"columns": [[name, type], ...], "rows": [[...]], "queries": [text, ...]}; the
queries read the table `rows`.
"""
import json
import sys

import duckdb

with open(sys.argv[1]) as file:
    job = json.load(file)
database = duckdb.connect()
columns = ", ".join('"' + name.replace('"', '""') + '" ' + type for name, type in job["columns"])
database.execute(f"CREATE TABLE rows ({columns})")
places = ", ".join("?" for _ in job["columns"])
database.executemany(f"INSERT INTO rows VALUES ({places})", job["rows"])
print(json.dumps([database.execute(query).fetchall() for query in job["queries"]]))
