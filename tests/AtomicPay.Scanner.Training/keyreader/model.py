"""The networks: convolutions, and where asked for a look across the whole line; one frame of the answer for two pixels of the line."""

import torch
from torch import nn
from torch.nn import functional

from .alphabet import CLASS_COUNT

_HEADS = 4


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


class Comparison(nn.Module):
    """Attention: compares each character with the others of the line, since whether this is a zero is seen by the letters O beside it."""

    def __init__(self, channels, inner):
        super().__init__()
        self.query = Convolution(channels, inner, (1, 1), active=False)
        self.key = Convolution(channels, inner, (1, 1), active=False)
        self.value = Convolution(channels, inner, (1, 1), active=False)
        self.widen = Convolution(inner, channels, (1, 1), active=False)
        nn.init.zeros_(self.widen.normalisation.weight)
        self.inner = inner

    def forward(self, x):
        query, key, value = (part(x).reshape(x.shape[0], _HEADS, self.inner // _HEADS, -1) for part in (self.query, self.key, self.value))
        weights = (query.transpose(2, 3) @ key * (self.inner // _HEADS) ** -0.5).softmax(3)
        seen = value @ weights.transpose(2, 3)
        return functional.relu(x + self.widen(seen.reshape(x.shape[0], self.inner, 1, -1)))


class Reader(nn.Module):
    """`width` scales the number of channels; `comparisons` counts the looks across the line."""

    def __init__(self, width: float = 1.0, comparisons: int = 0):
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
        blocks: list[nn.Module] = [LineBlock(deep, deep // 2, dilation) for dilation in (1, 2, 4, 1)]
        for at in range(comparisons):
            blocks.insert(2 + 2 * at, Comparison(deep, deep // 2))
        self.line = nn.Sequential(*blocks)
        self.answer = nn.Conv2d(deep, 2 * CLASS_COUNT, 1)  # A column is four pixels wide: two frames.

    def forward(self, x):
        """Lines [batch, 1, 32, width] to scores [batch, width / 2, classes]."""
        x = self.answer(self.line(self.columns(self.strokes(x))))
        x = x.squeeze(2).transpose(1, 2)
        return x.reshape(x.shape[0], -1, CLASS_COUNT)
