"""Run queries of a JSON file in Spark, on this machine alone; print the rows that each gives.

Takes: a file of {"columns": [[name, type], ...], "rows": [[...]], "queries": [text, ...]}; the
queries read the view `rows`. A double may be the text "NaN".
"""
import json
import os
import sys
import tempfile

from pyspark.sql import SparkSession
from pyspark.sql.types import (
    BooleanType,
    DoubleType,
    IntegerType,
    StringType,
    StructField,
    StructType,
)

with open(sys.argv[1]) as file:
    job = json.load(file)
types = {
    "INTEGER": IntegerType(),
    "VARCHAR": StringType(),
    "BOOLEAN": BooleanType(),
    "DOUBLE": DoubleType(),
}
schema = StructType([StructField(name, types[type]) for name, type in job["columns"]])


def cell(value, type):
    return float(value) if type == "DOUBLE" and value is not None else value


rows = [
    tuple(cell(value, type) for value, (_, type) in zip(row, job["columns"], strict=True))
    for row in job["rows"]
]
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
os.environ["PYSPARK_PYTHON"] = sys.executable
with tempfile.TemporaryDirectory() as folder:
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.local.dir", folder)
        .config("spark.sql.warehouse.dir", folder)
        .config("spark.sql.shuffle.partitions", 1)
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    spark.createDataFrame(rows, schema).coalesce(1).createOrReplaceTempView("rows")
    answers = [[list(row) for row in spark.sql(query).collect()] for query in job["queries"]]
    spark.stop()
print(json.dumps(answers))
