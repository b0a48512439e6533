"""Load model folders with mlflow.pyfunc and print what they predict for the rows beside them.

Usage: score_model_folder.py <folder> [<folder> ...]. Each folder has a rows.json: columns of cells by
name, with types. Prints a JSON list: outputs by name, and those of the first row alone.
"""

import json
import sys
import warnings
from pathlib import Path

import mlflow
import onnx
import pandas as pd

warnings.filterwarnings("ignore")
dtypes = {"double": "float64", "long": "int64", "boolean": "bool", "string": "object"}


def outputs(frame):
    return {name: frame[name].tolist() for name in frame.columns}


scored = []
for folder in map(Path, sys.argv[1:]):
    onnx.checker.check_model(onnx.load(folder / "model.onnx"), full_check=True)
    rows = json.loads((folder / "rows.json").read_text())
    frame = pd.DataFrame(
        {name: pd.Series(cells, dtype=dtypes[kind]) for name, (kind, cells) in rows.items()}
    )
    model = mlflow.pyfunc.load_model(str(folder))
    predicted = model.predict(frame)
    scored.append(
        {
            "all": outputs(predicted),
            "first": outputs(model.predict(frame.head(1))),
            "signature": [[spec.name, spec.type.name] for spec in model.metadata.get_output_schema()],
            "dtypes": [[name, str(kind)] for name, kind in predicted.dtypes.items()],
        }
    )
print(json.dumps(scored))
