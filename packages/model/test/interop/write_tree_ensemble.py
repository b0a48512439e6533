"""Write models of one TreeEnsemble (ai.onnx.ml 5), and print what onnxruntime says of some rows.

Usage: write_tree_ensemble.py <folder>. Prints a JSON list of models: file, rows, and the scores,
row-major, with the classes where there are labels.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

folder = Path(sys.argv[1])
WIDTH = 4
AVERAGE, SUM = 0, 1


def draw_trees(rng, dtype, targets):
    """Complete trees of depth 3, whose branches compare in all four ways that have an order."""
    lists = {name: [] for name in ("features", "splits", "modes", "true", "false", "missing")}
    leaf = {"true": [], "false": []}
    roots = []
    weights = []
    for _ in range(9):
        first = len(lists["modes"])
        roots.append(first)
        for node in range(7):
            lists["features"].append(int(rng.integers(WIDTH)))
            lists["splits"].append(float(np.round(rng.normal(), 1)))
            lists["modes"].append(int(rng.integers(4)))
            lists["missing"].append(int(rng.integers(2)))
            for side, child in (("true", 2 * node + 1), ("false", 2 * node + 2)):
                leaf[side].append(int(child >= 7))
                lists[side].append(first + child if child < 7 else len(weights))
                if child >= 7:
                    weights.append(float(rng.normal()))
    tensor = numpy_helper.from_array
    return {
        "tree_roots": roots,
        "nodes_featureids": lists["features"],
        "nodes_splits": tensor(np.array(lists["splits"], dtype)),
        "nodes_modes": tensor(np.array(lists["modes"], np.uint8)),
        "nodes_truenodeids": lists["true"],
        "nodes_trueleafs": leaf["true"],
        "nodes_falsenodeids": lists["false"],
        "nodes_falseleafs": leaf["false"],
        "nodes_missing_value_tracks_true": lists["missing"],
        "leaf_targetids": [int(rng.integers(targets)) for _ in weights],
        "leaf_weights": tensor(np.array(weights, dtype)),
        "n_targets": targets,
    }


def build(rng, dtype, case):
    element = TensorProto.FLOAT if dtype is np.float32 else TensorProto.DOUBLE
    targets = case["targets"]
    nodes = [
        helper.make_node(
            "TreeEnsemble",
            ["x"],
            ["sums"],
            domain="ai.onnx.ml",
            aggregate_function=case["aggregate"],
            **draw_trees(rng, dtype, targets),
        )
    ]
    constants = []
    outputs = [helper.make_tensor_value_info("scores", element, [None, targets])]
    link = "Softmax" if case["labels"] else "Identity"
    nodes.append(helper.make_node(link, ["sums"], ["scores"]))
    if case["labels"]:
        constants.append(numpy_helper.from_array(np.array(case["labels"], object), "labels"))
        nodes.append(helper.make_node("ArgMax", ["scores"], ["code"], axis=1, keepdims=0))
        nodes.append(helper.make_node("Gather", ["labels", "code"], ["label"]))
        outputs.insert(0, helper.make_tensor_value_info("label", TensorProto.STRING, [None]))
    inputs = [helper.make_tensor_value_info("x", element, [None, WIDTH])]
    graph = helper.make_graph(nodes, "trees", inputs, outputs, constants)
    domains = [helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 5)]
    return helper.make_model(graph, opset_imports=domains, ir_version=9)


cases = [
    {"targets": 1, "aggregate": SUM, "labels": None},
    {"targets": 1, "aggregate": AVERAGE, "labels": None},
    {"targets": 3, "aggregate": SUM, "labels": ["a", "b", "c"]},
]
models = []
for dtype in (np.float32, np.float64):
    for case in cases:
        rng = np.random.default_rng(len(models))
        file = folder / f"{len(models)}.onnx"
        file.write_bytes(build(rng, dtype, case).SerializeToString())
        # Tenths, so that thresholds are met exactly.
        rows = np.round(rng.normal(size=(200, WIDTH)), 1)
        rows[rng.random(rows.shape) < 0.1] = np.nan
        session = onnxruntime.InferenceSession(file)
        scores = session.run(["scores"], {"x": rows.astype(dtype)})[0]
        models.append(
            {
                "file": str(file),
                "cells": [[None if np.isnan(cell) else cell for cell in row] for row in rows.tolist()],
                "scores": scores.ravel().tolist(),
                "classes": case["labels"],
            }
        )
print(json.dumps(models))
