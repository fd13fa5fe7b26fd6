"""Endless batches of samples: most lines drawn with FreeType, the others by the browser."""

import os
import random
import sys
from dataclasses import dataclass

import cv2
import numpy as np

from . import browser
from .crops import HEIGHT, PIXELS_PER_FRAME, WIDTH, random_sample
from .drawing import LineArtist
from .faces import load_faces
from .lines import PicturedLine

_LONGEST = 76
_FROM_BROWSER = 0.4


@dataclass(frozen=True)
class Batch:
    pixels: np.ndarray
    labels: list[list[int]]
    frames: np.ndarray


class SampleStream:
    """The same seed gives the same samples, as long as the same pages and fonts are there."""

    def __init__(self, folder: str, seed: int):
        cv2.setNumThreads(0)
        self._rng = random.Random(seed)
        self._artist = LineArtist(self._rng, load_faces())
        self._browser_lines = _BrowserLines(folder, self._rng)

    def batch(self, size: int) -> Batch:
        pixels = np.zeros((size, 1, HEIGHT, WIDTH), np.float32)
        frames = np.zeros((size, WIDTH // PIXELS_PER_FRAME), np.int64)
        labels: list[list[int]] = []
        while len(labels) < size:
            line = self._browser_lines.draw() if self._rng.random() < _FROM_BROWSER else self._artist.draw()
            sample = random_sample(line, self._rng) if line.text else None
            if sample is not None and len(sample.labels) <= _LONGEST:
                pixels[len(labels), 0], frames[len(labels)] = sample.pixels, sample.frames
                labels.append(sample.labels)
        return Batch(pixels, labels, frames)


class _BrowserLines:
    """Lines of the rendered pages; only some pages are in memory at a time, and each makes room for the next."""

    _PAGES_IN_MEMORY = 40
    _LINES_A_PAGE = 60

    def __init__(self, folder: str, rng: random.Random):
        self._rng = rng
        self._paths = browser.pages(folder)
        if not self._paths:
            sys.exit(f"No rendered pages in {os.path.abspath(folder)}: run install.sh first.")
        rng.shuffle(self._paths)
        self._loaded, self._drawn = 0, 0
        self._pages: list[list[PicturedLine]] = []
        for _ in range(min(4, len(self._paths))):
            self._load()

    def _load(self):
        lines = browser.load_page(self._paths[self._loaded % len(self._paths)])
        self._loaded += 1
        if lines:
            self._pages = [*self._pages, lines][-self._PAGES_IN_MEMORY:]

    def draw(self) -> PicturedLine:
        self._drawn += 1
        if self._drawn % (self._LINES_A_PAGE if len(self._pages) >= self._PAGES_IN_MEMORY else 8) == 0:
            self._load()
        return self._rng.choice(self._rng.choice(self._pages))
