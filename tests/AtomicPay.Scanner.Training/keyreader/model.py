"""The network: convolutions only, since everything else is slow on a CPU; one frame of the answer for two pixels of the line."""

import torch
from torch import nn
from torch.nn import functional

from .alphabet import CLASS_COUNT


class Convolution(nn.Module):
    """Convolution, normalisation and, unless it ends a residual branch, activation."""

    def __init__(self, inputs, outputs, kernel=(3, 3), stride=1, padding=None, dilation=1, active=True):
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2 * dilation) if padding is None else padding
        self.convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation=(1, dilation), bias=False)
        self.normalisation = nn.BatchNorm2d(outputs)
        self.active = active

    def forward(self, x):
        x = self.normalisation(self.convolution(x))
        return functional.relu(x, inplace=True) if self.active else x


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = Convolution(channels, channels)
        self.second = Convolution(channels, channels, active=False)

    def forward(self, x):
        return functional.relu(x + self.second(self.first(x)))


class LineBlock(nn.Module):
    """Looks left and right along the line, and scales its answer by what the whole line looks like: the style of the font."""

    def __init__(self, channels, inner, dilation):
        super().__init__()
        self.narrow = Convolution(channels, inner, (1, 1))
        self.along = Convolution(inner, inner, (1, 5), dilation=dilation)
        self.widen = Convolution(inner, channels, (1, 1), active=False)
        self.squeeze = nn.Conv2d(channels, channels // 4, 1)
        self.excite = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x):
        y = self.widen(self.along(self.narrow(x)))
        style = functional.relu(self.squeeze(y.mean(3, keepdim=True)))
        return functional.relu(x + y * torch.sigmoid(self.excite(style)))


class Reader(nn.Module):
    """`width` scales the number of channels: 1 for the reader, 0.5 for the spotter."""

    def __init__(self, width: float = 1.0):
        super().__init__()

        def channels(count):
            return int(count * width / 16 + 0.5) * 16

        deep = channels(256)
        self.strokes = nn.Sequential(
            Convolution(1, channels(32), (5, 5), stride=2),
            Convolution(channels(32), channels(48)),
            Convolution(channels(48), channels(96), stride=2),
            Residual(channels(96)),
            Convolution(channels(96), channels(128), stride=(2, 1)),
            Residual(channels(128)))
        self.columns = Convolution(channels(128), deep, (4, 3), padding=(0, 1))
        self.line = nn.Sequential(*(LineBlock(deep, deep // 2, dilation) for dilation in (1, 2, 4, 1)))
        self.answer = nn.Conv2d(deep, 2 * CLASS_COUNT, 1)  # A column is four pixels wide: two frames.

    def forward(self, x):
        """Lines [batch, 1, 32, width] to scores [batch, width / 2, classes]."""
        x = self.answer(self.line(self.columns(self.strokes(x))))
        x = x.squeeze(2).transpose(1, 2)
        return x.reshape(x.shape[0], -1, CLASS_COUNT)
