"""A text line as a picture in which every character's place is known, before it is cropped and degraded."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class PicturedLine:
    """`boxes` holds the left and right edge of each character; all lengths are pixels of `gray`."""

    gray: np.ndarray
    text: str
    boxes: np.ndarray
    top: float
    height: float
    em: float
    family: str
