"""Writes one frame as pandas and pyarrow do, in every format. Usage: python write_frames.py FOLDER"""

import sys

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather

folder = sys.argv[1]
rows = range(3000)
frame = pd.DataFrame(
    {
        "whole": pd.array([None if row % 7 == 0 else row - 9 for row in rows], dtype="Int64"),
        "real": [row / 3 for row in rows],
        "class": pd.Categorical([["a", 'b"', "ü,"][row % 3] for row in rows]),
        "text": [f"t{row}" if row % 5 else None for row in rows],
        "flag": pd.array([None if row % 11 == 0 else row % 2 == 0 for row in rows], dtype="boolean"),
        "time": pd.date_range("1969-12-31", periods=len(rows), freq="7h"),
    }
)
frame.to_parquet(f"{folder}/snappy.parquet", row_group_size=1000)
frame.to_parquet(f"{folder}/zstd.parquet", compression="zstd")
frame.to_csv(f"{folder}/plain.csv", index=False)
frame.to_csv(f"{folder}/packed.csv.gz", index=False)
frame.to_json(f"{folder}/lines.jsonl", orient="records", lines=True, date_format="iso", double_precision=15)
for compression in ("lz4", "zstd", "uncompressed"):
    feather.write_feather(frame, f"{folder}/{compression}.feather", compression=compression, chunksize=700)
table = pa.Table.from_pandas(frame)
with pa.ipc.new_stream(f"{folder}/stream.arrows", table.schema) as writer:
    writer.write_table(table, max_chunksize=700)
