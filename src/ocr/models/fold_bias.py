"""fold_bias.py IN.onnx OUT.onnx : the same network with fewer steps.

- A step that changes nothing (Identity) goes.
- A value for each channel that is added after a convolution becomes the convolution's own.
- The picture is grey: the three colours of the first convolution become one, their sum.
"""
import sys, onnx, numpy as np
from onnx import numpy_helper as nh

model = onnx.load(sys.argv[1])
graph = model.graph
weights = {t.name: t for t in graph.initializer}
outputs = {o.name for o in graph.output}


def users(name):
    return [n for n in graph.node if name in n.input]


def rename(old, new):
    for node in graph.node:
        for at, name in enumerate(node.input):
            if name == old:
                node.input[at] = new


for node in [n for n in graph.node if n.op_type == "Identity"]:
    assert node.output[0] not in outputs
    rename(node.output[0], node.input[0])
    graph.node.remove(node)

for conv in [n for n in graph.node if n.op_type == "Conv" and len(n.input) == 2]:
    after = users(conv.output[0])
    if len(after) != 1 or after[0].op_type != "Add":
        continue
    others = [i for i in after[0].input if i != conv.output[0]]
    channels = weights[conv.input[1]].dims[0]
    if others[0] not in weights or list(weights[others[0]].dims) != [1, channels, 1, 1]:
        continue
    bias = nh.to_array(weights[others[0]]).reshape(channels)
    graph.initializer.append(nh.from_array(bias, others[0] + ".bias"))
    conv.input.append(others[0] + ".bias")
    graph.node.remove(after[0])
    rename(after[0].output[0], conv.output[0])

first = weights[graph.node[0].input[1]]
assert graph.node[0].op_type == "Conv" and first.dims[1] == 3
first.CopyFrom(nh.from_array(nh.to_array(first).sum(axis=1, keepdims=True), first.name))
graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1

used = {name for node in graph.node for name in node.input}
for unused in [t for t in graph.initializer if t.name not in used]:
    graph.initializer.remove(unused)
del graph.value_info[:]
onnx.checker.check_model(model)
onnx.save(model, sys.argv[2])
