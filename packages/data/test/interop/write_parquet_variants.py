"""Writes one table as Parquet files that differ in how they are written.
Usage: python write_parquet_variants.py FOLDER ROWS; prints the files' names as JSON.
"""

import datetime
import decimal
import json
import sys

import pyarrow as pa
import pyarrow.parquet as parquet

folder, rows = sys.argv[1], range(int(sys.argv[2]))
zoned = pa.timestamp("us", tz="Europe/Berlin")
table = pa.table(
    {
        "i": pa.array(rows, pa.int64()),
        "class": pa.array([f"c{row % 5}" for row in rows]).dictionary_encode(),
        "large": pa.array([None if row % 9 == 0 else f"é{row}" for row in rows], pa.large_string()),
        "small": pa.array([row % 200 for row in rows], pa.uint8()),
        "half": pa.array([row / 2 for row in rows], pa.float32()),
        "price": pa.array([decimal.Decimal(row) / 100 for row in rows], pa.decimal128(38, 4)),
        "day": pa.array([datetime.date(2020, 1, 1 + row % 28) for row in rows]),
        "at": pa.array([datetime.datetime(2020, 1, 1, row % 24) for row in rows], zoned),
        "list": pa.array([[row, None] if row % 3 else None for row in rows], pa.list_(pa.int32())),
        "pair": pa.array([{"a": row, "b": {"c": str(row)}} for row in rows]),
        "map": pa.array([[("k", row)] for row in rows], pa.map_(pa.string(), pa.int64())),
    }
).replace_schema_metadata({"who": "a test"})
variants = {
    "snappy": {},
    "second-pages": {"data_page_version": "2.0", "compression": "zstd"},
    "page-index": {"write_page_index": True, "data_page_size": 512},
    "plain": {"use_dictionary": False, "compression": "none", "store_schema": False},
    "old-times": {"use_deprecated_int96_timestamps": True, "version": "1.0"},
    "sorted": {"sorting_columns": [parquet.SortingColumn(0)], "write_page_checksum": True},
}
for name, options in variants.items():
    parquet.write_table(table, f"{folder}/{name}.parquet", row_group_size=700, **options)
parquet.write_table(table.slice(0, 0), f"{folder}/empty.parquet")
print(json.dumps([*variants, "empty"]))
