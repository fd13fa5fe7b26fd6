"""Loads the lines that the browser drew."""

import glob
import json
import os

import cv2
import numpy as np

from .lines import PicturedLine

_ABOVE, _BELOW, _LEFT, _RIGHT = 0.6, 1.6, 1.2, 2.0
_LEAST_CHARACTERS = 6
_PICTURES = (".png", ".webp")


def pages(folder: str) -> list[str]:
    """The pages of a folder that are rendered completely."""
    return sorted(glob.glob(os.path.join(folder, "*[0-9].json")))


def load_page(path: str) -> list[PicturedLine]:
    """Each line of a page with some surroundings cut out."""
    with open(path) as file:
        page = json.load(file)
    picture = next((cv2.imread(other, cv2.IMREAD_GRAYSCALE) for other in (path.replace(".json", end) for end in _PICTURES) if os.path.exists(other)), None)
    if picture is None:
        return []
    lines = (_cut(picture, line, page["scale"]) for line in page["lines"])
    return [line for line in lines if line is not None]


def _cut(picture, line, scale) -> PicturedLine | None:
    boxes = np.array(line["boxes"], np.float32).reshape(-1, 2) * scale
    y, height = line["y"] * scale, line["height"] * scale
    if height < 6 or len(boxes) < _LEAST_CHARACTERS or y + height > picture.shape[0]:
        return None
    y0, y1 = max(0, int(y - _ABOVE * height)), min(picture.shape[0], int(y + _BELOW * height) + 1)
    x0, x1 = max(0, int(boxes[0, 0] - _LEFT * height)), min(picture.shape[1], int(boxes[-1, 1] + _RIGHT * height))
    whole = int((boxes[:, 1] <= x1 - 1).sum())
    if whole < _LEAST_CHARACTERS:
        return None
    return PicturedLine(picture[y0:y1, x0:x1], line["text"][:whole], boxes[:whole] - x0, float(y - y0), float(height),
                        line["pixels"] * scale, line["family"])
