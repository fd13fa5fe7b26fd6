"""Turns an exported network back into a checkpoint to go on training from.

An export holds convolutions into which the normalisation was folded. Training needs the normalisation back, with the statistics that real
lines give, so that the network starts by answering exactly what the export answers.
"""

import argparse
import os

import onnx
import torch
from onnx import numpy_helper

from .faces import ROOT
from .model import Convolution, Reader
from .stream import SampleStream

_CALIBRATION_SAMPLES = 128


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("model", help="ONNX file that export.py, or the study before it, wrote")
    arguments.add_argument("name", help="of the checkpoint in data/")
    arguments.add_argument("--width", type=float, default=1.0)
    options = arguments.parse_args()
    reader = Reader(options.width).eval()
    _copy_weights(onnx.load(options.model), reader)
    x = torch.from_numpy(SampleStream(os.path.join(ROOT, "data", "pages"), 77).batch(_CALIBRATION_SAMPLES).pixels)
    with torch.no_grad():
        before = reader(x)
        _calibrate(reader, x)
        print("largest difference after calibration:", float((reader(x) - before).abs().max()))
    torch.save(dict(weights=reader.state_dict(), width=options.width, step=0, samples=0, seconds=0.0), os.path.join(ROOT, "data", f"{options.name}.pt"))


def _copy_weights(model, reader):
    tensors = {t.name: torch.from_numpy(numpy_helper.to_array(t).astype("float32")) for t in model.graph.initializer}
    named = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "Cast"}
    pairs = [(tensors[named.get(node.input[1], node.input[1])], tensors[node.input[2]]) for node in model.graph.node if node.op_type == "Conv"]
    layers = [m for m in reader.modules() if isinstance(m, (Convolution, torch.nn.Conv2d))]
    inner = {id(m.convolution) for m in layers if isinstance(m, Convolution)}
    layers = [m for m in layers if id(m) not in inner]
    assert len(layers) == len(pairs)
    for layer, (weight, bias) in zip(layers, pairs):
        if isinstance(layer, Convolution):
            layer.convolution.weight.data = weight.clone()
            layer.normalisation.bias.data = bias.clone()
            layer.normalisation.running_var.fill_(1 - layer.normalisation.eps)
        else:
            layer.weight.data, layer.bias.data = weight.clone(), bias.clone()


def _calibrate(reader, x):
    """Gives each normalisation the mean and variance of its input, and undoes them in its gain and offset."""

    def adjust(layer, inputs, _):
        values = inputs[0]
        mean, variance = values.mean((0, 2, 3)), values.var((0, 2, 3), unbiased=False)
        layer.running_mean.copy_(mean)
        layer.running_var.copy_(variance)
        layer.weight.data = torch.sqrt(variance + layer.eps)
        layer.bias.data += mean

    hooks = [m.register_forward_hook(adjust) for m in reader.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    reader(x)
    for hook in hooks:
        hook.remove()


if __name__ == "__main__":
    main()
