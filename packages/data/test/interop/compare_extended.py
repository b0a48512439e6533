"""Compares a Parquet file with one that has columns added: "label", null in every seventh row, else
the texts l0, l1, l2 by turns, and "p", a tenth of the row.
Usage: python compare_extended.py FOLDER; compares each x.parquet there with its x.extended.parquet, and
prints what differs, as JSON.
"""

import json
import pathlib
import sys

import pandas
import pyarrow.parquet as parquet

differing = []


def check(what, one, other):
    if one != other:
        differing.append(f"{what}: {one} != {other}"[:300])


def compare(own_path, extended_path):
    own, extended = (parquet.ParquetFile(path) for path in (own_path, extended_path))
    before, after = own.read(), extended.read()
    after.validate(full=True)
    check("names", before.column_names + ["label", "p"], after.column_names)
    for name in before.column_names:
        check(name, before.column(name).to_pylist(), after.column(name).to_pylist())
    rows = range(before.num_rows)
    check("label", [None if row % 7 == 0 else f"l{row % 3}" for row in rows], after["label"].to_pylist())
    check("p", [row / 10 for row in rows], after["p"].to_pylist())
    leaves = len(own.schema)
    for leaf in range(leaves):
        check(f"type of leaf {leaf}", str(own.schema.column(leaf)), str(extended.schema.column(leaf)))
    check("groups", own.num_row_groups, extended.num_row_groups)
    for group in range(own.num_row_groups):
        one, other = own.metadata.row_group(group), extended.metadata.row_group(group)
        for leaf in range(leaves):
            check(f"group {group}, leaf {leaf}", one.column(leaf).to_dict(), other.column(leaf).to_dict())
        check("sorting", one.sorting_columns, other.sorting_columns)
        parts = [other.column(leaf) for leaf in range(other.num_columns)]
        check("bytes", other.total_byte_size, sum(part.total_uncompressed_size for part in parts))
        label = extended.metadata.row_group(group).column(leaves).statistics
        check("nulls", after["label"].slice(group * 700, other.num_rows).null_count, label.null_count)
    check("pandas", before.num_rows, len(pandas.read_parquet(extended_path, columns=["i", "label", "p"])))


folder = pathlib.Path(sys.argv[1])
for path in sorted(folder.glob("*.extended.parquet")):
    own_path = folder / path.name.replace(".extended", "")
    before_count = len(differing)
    compare(own_path, path)
    differing[before_count:] = [f"{own_path.name}: {what}" for what in differing[before_count:]]
print(json.dumps(differing))
