"""Writes a checkpoint as ONNX with 16-bit weights: input `x` [1, 1, 32, W], output `y` [1, W / 2, 67] of log-probabilities."""

import argparse
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .crops import HEIGHT
from .faces import ROOT
from .model import Reader

_OPSET = 13
_SMALL = 500


class _WithProbabilities(torch.nn.Module):
    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, x):
        return self.reader(x).log_softmax(2)


def load_reader(name: str) -> tuple[Reader, dict]:
    """A checkpoint's network, ready to read, and what is known about its training."""
    checkpoint = torch.load(os.path.join(ROOT, "data", f"{name}.pt"), map_location="cpu")
    reader = Reader(**checkpoint["about"])
    reader.load_state_dict(checkpoint.pop("weights"))
    return reader.eval(), checkpoint


def export(name: str, path: str):
    reader, about = load_reader(name)
    network = _WithProbabilities(reader).eval()
    torch.onnx.export(network, torch.rand(1, 1, HEIGHT, 640), path, input_names=["x"], output_names=["y"],
                      dynamic_axes={"x": {3: "width"}, "y": {1: "frames"}}, opset_version=_OPSET)
    model = onnx.load(path)
    _halve_weights(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    print(f"{path}: {os.path.getsize(path):,} bytes, {sum(p.numel() for p in reader.parameters()):,} parameters, "
          f"{about['samples']:,} samples in {about['step']:,} steps, {about['seconds'] / 60:.0f} minutes")


def _halve_weights(graph):
    """Stores large weights as 16-bit floats and widens them when the model is loaded; the arithmetic stays 32-bit."""
    kept, casts = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > _SMALL:
            kept.append(numpy_helper.from_array(values.astype(np.float16), tensor.name + "_16"))
            casts.append(helper.make_node("Cast", [tensor.name + "_16"], [tensor.name], to=TensorProto.FLOAT))
        else:
            kept.append(tensor)
    nodes = casts + list(graph.node)
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("name", help="of the checkpoint in data/")
    arguments.add_argument("path", help="of the ONNX file")
    options = arguments.parse_args()
    export(options.name, options.path)


if __name__ == "__main__":
    main()
