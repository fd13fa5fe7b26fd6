"""From a pictured line to what the network sees: a window 32 rows high, and the labels of what is inside."""

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np

from .alphabet import BLANK, OTHER, SPACE, class_of
from .degrade import degrade
from .lines import PicturedLine

HEIGHT = 32
LEAST, GREATEST = -1.0, 1.5
PIXELS_PER_FRAME = 2
UNKNOWN = -1
_MARGIN = 5
_QUANTILES = (0.01, 0.5, 0.99)


@dataclass(frozen=True)
class Sample:
    """`frames` names the class of each frame where that is certain, and UNKNOWN elsewhere."""

    pixels: np.ndarray
    labels: list[int]
    frames: np.ndarray


def fitted(gray: np.ndarray) -> np.ndarray:
    """The crop scaled to the height that the network reads."""
    scale = HEIGHT / gray.shape[0]
    width = max(8, int(round(gray.shape[1] * scale)))
    return cv2.resize(gray, (width, HEIGHT), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def normalised(gray: np.ndarray) -> np.ndarray:
    """Background 0 and text towards +1, whichever of the two is the brighter."""
    counts = np.cumsum(np.bincount(gray.ravel(), minlength=256))
    darkest, ground, brightest = (int(at) for at in np.searchsorted(counts, np.array(_QUANTILES) * (gray.size - 1), side="right"))
    if ground - darkest >= brightest - ground:
        contrast = -max(ground - darkest, 8)
    else:
        contrast = max(brightest - ground, 8)
    values = np.clip((np.arange(256, dtype=np.float32) - ground) / contrast, LEAST, GREATEST)
    return values.astype(np.float32)[gray]


def random_sample(line: PicturedLine, width: int, rng: random.Random) -> Sample | None:
    """A window of that width somewhere on the line, cropped a little wrongly and degraded; None when it would hold nothing."""
    top, bottom = _random_rows(line, rng)
    left, right = _random_columns(line, (bottom - top) * width / HEIGHT * 0.985, rng)
    if right - left < 8 or bottom - top < 6:
        return None
    gray = line.gray
    x0, x1 = max(0, int(left) - _MARGIN), min(gray.shape[1], math.ceil(right) + _MARGIN)
    y0, y1 = max(0, int(top) - _MARGIN), min(gray.shape[0], math.ceil(bottom) + _MARGIN)
    crop = np.ascontiguousarray(_tilted(gray[y0:y1, x0:x1], rng))
    if rng.random() < 0.12:
        crop = 255 - crop
    crop, scale = degrade(crop, line.em, rng)
    rows = slice(*_inside((top - y0) * scale, (bottom - y0) * scale, crop.shape[0], 6))
    columns = slice(*_inside((left - x0) * scale, (right - x0) * scale, crop.shape[1], 8))
    crop = crop[rows, columns]
    if rng.random() < 0.08:
        crop = cv2.resize(crop, (max(8, int(crop.shape[1] * rng.uniform(0.88, 1.1))), crop.shape[0]))
    values = normalised(fitted(crop))[:, :width]
    used = values.shape[1]
    pixels = np.zeros((HEIGHT, width), np.float32)
    pixels[:, :used] = values
    if used < width and rng.random() < 0.12:
        pixels[:, used:] = values[:, -1:]
    labels, frames = _labelled(line, left, right, used, width // PIXELS_PER_FRAME)
    return Sample(pixels, labels, frames) if labels else None


def _random_rows(line, rng):
    """Between a tight box around the ink and a loose one that lets the neighbouring lines in."""
    top = line.top - rng.uniform(-0.09, 0.30) * line.height
    bottom = line.top + line.height + rng.uniform(-0.06, 0.30) * line.height
    lacking = 0.95 * line.em - (bottom - top)
    if lacking > 0:
        top, bottom = top - lacking / 2, bottom + lacking / 2
    return max(0.0, top), min(float(line.gray.shape[0]), bottom)


def _random_columns(line, window, rng):
    starts, ends = line.boxes[:, 0], line.boxes[:, 1]
    count = len(starts)
    advance = float(np.median(ends - starts))
    kind = rng.random()
    if kind < 0.2:
        first = 0
    elif kind < 0.45:  # The window ends with the line.
        first = int(np.searchsorted(starts, ends[-1] - window * rng.uniform(0.5, 0.97)))
    else:
        last_start = int(np.searchsorted(starts, ends[-1] - 0.75 * window)) if rng.random() < 0.9 else count - 1
        first = rng.randint(0, max(0, min(count - 1, last_start)))
    first = max(0, min(first, count - 1))
    tight = rng.random() < 0.6
    left = max(0.0, starts[first] + rng.uniform(-0.35, 0.18) * advance if tight else starts[first] - rng.uniform(0, 1.0) * line.height)
    reach = left + window * (1 if rng.random() < 0.7 else rng.uniform(0.25, 1))
    last = max(first, int(np.searchsorted(ends, reach, side="right")) - 1)
    spare = rng.uniform(-0.18, 0.35) * advance if last < count - 1 or rng.random() < 0.6 else rng.uniform(0, 1.0) * line.height
    return left, float(min(ends[last] + spare, left + window, line.gray.shape[1]))


def _tilted(crop, rng):
    """What is left of a rotation after the scanner has straightened the line: a little slope, or leaning characters."""
    kind = rng.random()
    height, width = crop.shape
    if kind < 0.26:
        slope = math.tan(math.radians(rng.uniform(-0.7, 0.7)))
        lean = math.tan(math.radians(rng.uniform(-2.5, 2.5))) if kind < 0.12 else 0.0
        change = np.array([[1, lean, -lean * height / 2], [slope, 1, -slope * width / 2]], np.float32)
        return cv2.warpAffine(crop, change, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    if kind < 0.29:  # A camera that looks from the side.
        near = height * rng.uniform(0, 0.05)
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        moved = np.array([[0, near], [width, 0], [width, height], [0, height - near]], np.float32)
        if rng.random() < 0.5:
            moved = np.array([[0, 0], [width, near], [width, height - near], [0, height]], np.float32)
        change = cv2.getPerspectiveTransform(corners, moved)
        return cv2.warpPerspective(crop, change, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return crop


def _inside(low, high, limit, least):
    first = min(max(0, int(round(low))), max(0, limit - least))
    return first, min(limit, max(first + least, int(round(high))))


def _labelled(line, left, right, used, count):
    """The classes inside the window, and for the middle of each character its frames."""
    scale = used / max(1e-3, right - left) / PIXELS_PER_FRAME
    labels: list[int] = []
    frames = np.full(count, UNKNOWN, np.int64)
    frames[used // PIXELS_PER_FRAME + 1:] = BLANK
    starts, ends = line.boxes[:, 0], line.boxes[:, 1]
    seen = np.minimum(ends, right) - np.maximum(starts, left) >= 0.55 * (ends - starts)
    firsts, lasts = ((starts - left) * scale).tolist(), ((ends - left) * scale).tolist()
    for at in np.flatnonzero(seen & (ends > starts)).tolist():
        kind = class_of(line.text[at])
        if kind == SPACE and labels and labels[-1] == SPACE:
            continue
        labels.append(kind)
        first, last = firsts[at], lasts[at]
        extent, centre = last - first, (first + last) / 2
        near, far = max(0.5, 0.17 * extent) + 0.25, 0.42 * extent
        start, end = max(0, math.floor(first)), min(count, math.ceil(last))
        low, high = max(start, math.ceil(centre - near - 0.5)), min(end, math.floor(centre + near - 0.5) + 1)
        if extent > 4:
            for frame in (*range(start, low), *range(high, end)):
                if frames[frame] < 0 and abs(frame + 0.5 - centre) > far:
                    frames[frame] = BLANK
        frames[low:high] = kind
    return _without_repeated_blur(labels), frames


def _without_repeated_blur(labels):
    """Runs of characters that keys never hold count once: nobody needs to know how many bullets hide a key."""
    return [label for index, label in enumerate(labels) if label != OTHER or index == 0 or labels[index - 1] != OTHER]
