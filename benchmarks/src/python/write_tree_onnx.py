"""Writes trees as an ONNX TreeEnsembleRegressor in single precision, the form that converters write.
Usage: python write_tree_onnx.py JOB.json; prints an empty list."""

import json
import sys

import numpy
import onnx
from onnx import TensorProto, helper

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)
with open(job["trees"], encoding="utf-8") as file:
    trees = json.load(file)


def single(threshold):
    """The largest float32 that is no larger: values of single precision go the same way."""
    rounded = numpy.float32(threshold)
    return float(rounded if float(rounded) <= threshold else numpy.nextafter(rounded, numpy.float32(-numpy.inf)))


starts = trees["treeStarts"]
outputs = trees["outputCount"]
scale = 1 / (len(starts) - 1) if trees["aggregation"] == "mean" else 1
nodes = {name: [] for name in ("treeids", "nodeids", "featureids", "modes", "values", "truenodeids", "falsenodeids", "missing_value_tracks_true")}
targets = {name: [] for name in ("treeids", "nodeids", "ids", "weights")}
for tree in range(len(starts) - 1):
    for node in range(starts[tree], starts[tree + 1]):
        feature = trees["splitFeature"][node]
        is_leaf = feature < 0
        nodes["treeids"].append(tree)
        nodes["nodeids"].append(node - starts[tree])
        nodes["featureids"].append(max(0, feature))
        nodes["modes"].append("LEAF" if is_leaf else "BRANCH_LEQ")
        nodes["values"].append(0.0 if is_leaf else single(trees["threshold"][node]))
        nodes["truenodeids"].append(0 if is_leaf else trees["leftChild"][node] - starts[tree])
        nodes["falsenodeids"].append(0 if is_leaf else trees["rightChild"][node] - starts[tree])
        nodes["missing_value_tracks_true"].append(trees["missingLeft"][node])
        for output in range(outputs if is_leaf else 0):
            targets["treeids"].append(tree)
            targets["nodeids"].append(node - starts[tree])
            targets["ids"].append(output)
            targets["weights"].append(scale * trees["leafValues"][trees["leafIndex"][node] * outputs + output])
attributes = {f"nodes_{name}": values for name, values in nodes.items()}
attributes |= {f"target_{name}": values for name, values in targets.items()}
ensemble = helper.make_node("TreeEnsembleRegressor", ["X"], ["Y"], domain="ai.onnx.ml", n_targets=outputs, **attributes)
features = max(trees["splitFeature"]) + 1
graph = helper.make_graph(
    [ensemble],
    "trees",
    [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, features])],
    [helper.make_tensor_value_info("Y", TensorProto.FLOAT, [None, outputs])],
)
opsets = [helper.make_opsetid("", 20), helper.make_opsetid("ai.onnx.ml", 3)]
onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=10), job["onnx"])
print("[]")
