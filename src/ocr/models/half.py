"""half.py IN.onnx OUT.onnx : the same network with its large weights as 16-bit floats.

`rten` widens them again as it loads them; other runtimes do not, the file is for it alone.
The kernels of depthwise convolutions and all small weights stay as they are: they are few.
"""
import sys, onnx, numpy as np
from onnx import numpy_helper as nh

LARGE = 1024  # values from which halving a weight saves anything worth having

model = onnx.load(sys.argv[1])
for tensor in model.graph.initializer:
    dims = list(tensor.dims)
    depthwise = len(dims) == 4 and dims[1] == 1
    if tensor.data_type == onnx.TensorProto.FLOAT and np.prod(dims) >= LARGE and not depthwise:
        values = nh.to_array(tensor)
        halves = values.astype(np.float16)
        assert np.isfinite(halves).all(), tensor.name
        tensor.CopyFrom(nh.from_array(halves, tensor.name))
onnx.save(model, sys.argv[2])
