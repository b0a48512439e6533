"""Prints what pandas reads from a file. Usage: python read_frame.py PATH FORMAT; prints JSON."""

import json
import sys

import pandas as pd
import pyarrow as pa

path, kind = sys.argv[1:]
if kind == "parquet":
    frame = pd.read_parquet(path)
elif kind == "jsonl":
    frame = pd.read_json(path, lines=True, dtype=False, precise_float=True)
elif kind == "csv":
    frame = pd.read_csv(path, keep_default_na=True)
else:
    opened = pa.ipc.open_file if path.endswith(".arrow") else pa.ipc.open_stream
    with pa.OSFile(path) as source:
        frame = opened(source).read_pandas()
columns = {}
for name in frame.columns:
    cells = frame[name]
    if str(cells.dtype).startswith("datetime"):
        cells = cells.dt.strftime("%Y-%m-%dT%H:%M:%S.%f").str[:23] + "Z"
    columns[name] = [None if pd.isna(cell) else cell for cell in cells.tolist()]
print(json.dumps(columns))
