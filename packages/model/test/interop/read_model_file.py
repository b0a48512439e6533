"""Read a model file with the safetensors library, score a matrix, and save the file again.

Usage: read_model_file.py MODEL MATRIX.json SAVED_AGAIN
Prints JSON: shapes and dtypes, metadata, the checksum worked out here, scores, versions.
Written for safetensors 0.8.0 and numpy 2.4.6.
"""

import json
import sys
import zlib

import numpy as np
import safetensors
from safetensors.numpy import load_file, save_file


def checksum_of(tensors, metadata):
    checksum = 0
    compact = {"separators": (",", ":"), "ensure_ascii": False, "sort_keys": True}
    for name in sorted(tensors):
        text = json.dumps([name, list(tensors[name].shape)], **compact)
        checksum = zlib.crc32(text.encode(), checksum)
        checksum = zlib.crc32(tensors[name].tobytes(), checksum)
    covered = {name: text for name, text in metadata.items() if name != "checksum"}
    return f"{zlib.crc32(json.dumps(covered, **compact).encode(), checksum):08x}"


def is_in_set(tensors, index, value):
    start, end = tensors["set_starts"][index : index + 2]
    size = 32 * (end - start)
    if size == 0 or not -1 < value < size:
        return False
    category = int(value)
    word = int(tensors["set_words"][start + category // 32]) & 0xFFFFFFFF
    return word >> (category % 32) & 1 == 1


def score_trees(tensors, settings, rows):
    sums = np.zeros((len(rows), settings["outputCount"]))
    for root in tensors["tree_starts"][:-1]:
        for i, row in enumerate(rows):
            node = root
            while tensors["split_feature"][node] >= 0:
                value = row[tensors["split_feature"][node]]
                if np.isnan(value):
                    goes_left = tensors["missing_left"][node] == 1
                elif "set_of" in tensors and tensors["set_of"][node] >= 0:
                    goes_left = is_in_set(tensors, tensors["set_of"][node], value)
                else:
                    goes_left = value <= tensors["threshold"][node]
                node = tensors["left_child" if goes_left else "right_child"][node]
            sums[i] += tensors["leaf_values"][tensors["leaf_index"][node]]
    if settings["aggregation"] == "mean":
        sums /= len(tensors["tree_starts"]) - 1
    return sums + tensors["base_score"]


def score_linear(tensors, rows):
    return rows @ tensors["coefficients"].T + tensors["intercepts"]


def score_network(tensors, settings, rows):
    activate = {
        "identity": lambda sums: sums,
        "logistic": lambda sums: 1 / (1 + np.exp(-sums)),
        "tanh": np.tanh,
        "relu": lambda sums: np.maximum(sums, 0),
    }[settings["activation"]]
    sizes = tensors["layer_sizes"].tolist()
    weights, biases = tensors["weights"], tensors["biases"]
    values = rows
    for layer, (width, units) in enumerate(zip(sizes, sizes[1:])):
        matrix, weights = weights[: width * units].reshape(width, units), weights[width * units :]
        shift, biases = biases[:units], biases[units:]
        values = values @ matrix + shift
        if layer < len(sizes) - 2:
            values = activate(values)
    return values


def score_ensemble(tensors, settings, rows):
    def within(prefix):
        return {
            name[len(prefix) :]: array
            for name, array in tensors.items()
            if name.startswith(prefix)
        }

    outputs = [
        score(within(f"member_{m}."), member, rows) for m, member in enumerate(settings["members"])
    ]
    combination = settings["combination"]
    if combination["kind"] == "mean":
        return sum(weight * own for weight, own in zip(tensors["member_weights"], outputs))
    stacked = [own[:, 1:] if own.shape[1] == 2 else own for own in outputs]
    if combination["passthrough"]:
        stacked.append(rows)
    return score(within("final."), combination["final"], np.hstack(stacked))


def score(tensors, settings, rows):
    kind = settings["kind"]
    if kind == "ensemble":
        return score_ensemble(tensors, settings, rows)
    if kind == "linear":
        raw = score_linear(tensors, rows)
    elif kind == "neural_network":
        raw = score_network(tensors, settings, rows)
    else:
        raw = score_trees(tensors, settings, rows)
    return apply_link(settings["link"], raw)


def apply_link(link, raw):
    if link == "logistic":
        return np.hstack([1 / (1 + np.exp(raw)), 1 / (1 + np.exp(-raw))])
    if link == "exponential":
        return np.exp(raw)
    if link == "softmax":
        weights = np.exp(raw - raw.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)
    return raw


def main(model_path, matrix_path, saved_path):
    tensors = load_file(model_path)
    with safetensors.safe_open(model_path, framework="numpy") as file:
        metadata = file.metadata()
    with open(matrix_path, encoding="utf-8") as file:
        cells = json.load(file)
    rows = np.array([[np.nan if cell is None else cell for cell in row] for row in cells])
    settings = json.loads(metadata["estimator"])
    save_file(tensors, saved_path, metadata=metadata)
    print(
        json.dumps(
            {
                "tensors": {
                    name: [str(array.dtype), list(array.shape)] for name, array in tensors.items()
                },
                "metadata": metadata,
                "checksum": checksum_of(tensors, metadata),
                "scores": score(tensors, settings, rows).ravel().tolist(),
                "versions": {"safetensors": safetensors.__version__, "numpy": np.__version__},
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
