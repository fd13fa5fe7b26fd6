"""Batches of samples: most lines drawn with FreeType, the others by the browser.

A batch depends on the seed and its number alone, so that any number of processes makes the same batches.
"""

import random
from dataclasses import dataclass

import cv2
import freetype
import numpy as np

from .crops import GREATEST, HEIGHT, LEAST, PIXELS_PER_FRAME, random_sample
from .drawing import LineArtist
from .faces import load_faces
from .lines import PicturedLine

# Pixels. Most keys are longer than what the usual window shows, and a font betrays itself over a whole line.
_WIDTHS = (256, 448, 448, 448, 640, 960)
# Of all windows of a batch together.
_BATCH_WIDTH = 448 * 256
_FROM_BROWSER = 0.25
_WINDOWS_A_LINE = 2


@dataclass(frozen=True)
class Batch:
    """`pixels` in 256 steps from LEAST to GREATEST; `labels` one after another, `lengths` how many of each sample."""

    pixels: np.ndarray
    labels: np.ndarray
    lengths: np.ndarray
    frames: np.ndarray


class SampleSource:
    """The same seed and number give the same batch, as long as the same pages and fonts are there."""

    def __init__(self, browser_lines: list[PicturedLine], seed: int):
        self._browser_lines, self._faces, self._seed = browser_lines, load_faces(), seed

    def batch(self, number: int, of_step: int = 1) -> Batch:
        """Batches of one step have one width, and are put together."""
        width = random.Random(f"{self._seed} width {number // of_step}").choice(_WIDTHS)
        rng = random.Random(f"{self._seed} batch {number}")
        artist = LineArtist(rng, self._faces)
        samples = []
        count = _BATCH_WIDTH // width // 8 * 8
        while len(samples) < count:
            try:
                line = rng.choice(self._browser_lines) if self._browser_lines and rng.random() < _FROM_BROWSER else artist.draw()
            except freetype.FT_Exception:  # A glyph that is broken at this size.
                artist = LineArtist(rng, self._faces)
                continue
            for _ in range(_WINDOWS_A_LINE if line.text else 0):
                sample = random_sample(line, width, rng)
                if sample is not None and _is_readable(sample.labels, width // PIXELS_PER_FRAME):
                    samples.append(sample)
        samples = samples[:count]
        pixels = np.stack([sample.pixels for sample in samples])[:, None]
        return Batch(
            np.rint((pixels - LEAST) * (255 / (GREATEST - LEAST))).astype(np.uint8),
            np.concatenate([sample.labels for sample in samples]).astype(np.int64),
            np.array([len(sample.labels) for sample in samples], np.int64),
            np.stack([sample.frames for sample in samples]).astype(np.int8))


def _is_readable(labels: list[int], frames: int) -> bool:
    """Whether there are frames enough to write the labels, with a blank between equal ones."""
    return len(labels) + sum(a == b for a, b in zip(labels, labels[1:])) <= frames - 2
