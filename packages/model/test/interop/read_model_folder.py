"""Read a model folder with MLflow's own classes.

Usage: read_model_folder.py FOLDER
Prints JSON: what MLflow understood of it. Written for mlflow 3.17.2.
"""

import json
import sys

import mlflow
from mlflow.models import Model


def columns_of(schema):
    return [[spec.name, spec.type.name, spec.required] for spec in schema.inputs]


def main(folder):
    model = Model.load(folder)
    example = model.load_input_example(folder)
    print(
        json.dumps(
            {
                "flavors": model.flavors,
                "run_id": model.run_id,
                "model_id": model.model_id,
                "model_uuid": model.model_uuid,
                "model_size_bytes": model.model_size_bytes,
                "utc_time_created": model.utc_time_created,
                "inputs": columns_of(model.get_input_schema()),
                "outputs": columns_of(model.get_output_schema()),
                "example": json.loads(example.to_json(orient="split", date_format="iso")),
                "serving_input": json.loads(model.get_serving_input(folder)),
                "version": mlflow.__version__,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
