"""Lines drawn with FreeType, with what surrounds text on screens: neighbours, colours, marks, selections."""

import random

import numpy as np

from . import text
from .faces import Face
from .glyphs import GlyphSheet, Style
from .lines import PicturedLine

# Sizes that programs show text in; a face drawn at 9 to 12 pixels is the hard and frequent case.
_SIZES = (8.5, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 24, 28, 34)
_SIZE_WEIGHTS = (3, 6, 9, 11, 14, 14, 13, 9, 9, 4, 4, 5, 4, 3, 3, 2)
_SIDE = 1.4
_ROOM = 0.7


class LineArtist:
    """Draws several lines with each sheet of glyphs, since the sheet is what costs."""

    def __init__(self, rng: random.Random, faces: list[Face], lines_per_sheet: int = 8):
        self._rng = rng
        self._pick = FacePicker(rng, faces)
        self._lines_per_sheet = lines_per_sheet
        self._left = 0
        self._sheet: GlyphSheet | None = None
        self._family = ""

    def draw(self) -> PicturedLine:
        if self._left == 0:
            face = self._pick()
            pixels = self._rng.choices(_SIZES, _SIZE_WEIGHTS)[0] + self._rng.choice((0, 0, 0, 0.25, 0.33, 0.5))
            self._sheet = GlyphSheet(face, Style.random(self._rng, pixels))
            self._family = face.family
            self._left = self._lines_per_sheet
        self._left -= 1
        return draw_line(self._rng, self._sheet, text.line(self._rng), self._family)


class FacePicker:
    """Chooses a kind of face, then a family, then a face, so that a family of many weights is not seen more often."""

    def __init__(self, rng: random.Random, faces: list[Face], monospace: float = 0.66, bitmap: float = 0.06):
        self._rng = rng
        kinds = {"bitmap": bitmap, "monospace": monospace, "proportional": 1 - monospace - bitmap}
        self._families: dict[str, list[list[Face]]] = {}
        for kind in kinds:
            members: dict[str, list[Face]] = {}
            for face in faces:
                if kind == ("bitmap" if face.strike is not None else "monospace" if face.monospace else "proportional"):
                    members.setdefault(face.family, []).append(face)
            self._families[kind] = list(members.values())
        self._kinds = [kind for kind in kinds if self._families[kind]]
        self._weights = [kinds[kind] for kind in self._kinds]

    def __call__(self) -> Face:
        family = self._rng.choice(self._families[self._rng.choices(self._kinds, self._weights)[0]])
        # The catalogue lists upright faces of ordinary weight first: take those oftener.
        return family[min(int(self._rng.expovariate(1 / 1.9)), len(family) - 1)] if self._rng.random() < 0.75 else self._rng.choice(family)


def draw_line(rng: random.Random, sheet: GlyphSheet, wanted: str, family: str) -> PicturedLine:
    characters = "".join(c for c in wanted if c == " " or sheet.has(c))
    spacing = rng.choice((rng.uniform(-0.03, 0.08), 0.0)) * sheet.em if rng.random() < 0.12 else 0.0
    spacing = round(spacing) if sheet.whole_pixels else spacing
    height = sheet.ascent + sheet.descent
    if not 0.8 * sheet.em <= height <= 1.8 * sheet.em:
        height = 1.2 * sheet.em
    pitch = height * rng.choice((0.92, 1.0, 1.0, 1.08, 1.15, 1.25, 1.4))
    left, top = _SIDE * height + (0 if sheet.whole_pixels else rng.random()), int(_ROOM * height) + 1
    pens = left + np.concatenate(([0.0], np.cumsum([sheet.advance(c) + spacing for c in characters])))
    coverage = np.zeros((int(height * (1 + 2 * _ROOM)) + 2, int(pens[-1] + _SIDE * height) + 1), np.uint8)
    baseline = top + int(round(sheet.ascent if height != 1.2 * sheet.em else 0.95 * sheet.em))
    _write(coverage, sheet, characters, pens, baseline)
    own_ink = coverage.copy() if rng.random() < 0.1 else None
    _write_neighbours(rng, coverage, sheet, left, baseline, pitch, len(characters))
    gray = _paint(rng, coverage, characters, pens, top, height, baseline, own_ink)
    return PicturedLine(gray, characters, np.stack([pens[:-1], pens[1:] - spacing], 1).astype(np.float32), float(top), float(height), sheet.em, family)


def _write(coverage: np.ndarray, sheet: GlyphSheet, characters: str, pens: np.ndarray, baseline: int):
    rows, columns = coverage.shape
    for character, pen in zip(characters, pens):
        if character == " ":
            continue
        glyph = sheet.glyph(character, pen)
        height, width = glyph.coverage.shape
        x, y = int(pen) + glyph.left, baseline - glyph.top
        x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + width, columns), min(y + height, rows)
        if x0 < x1 and y0 < y1:
            target = coverage[y0:y1, x0:x1]
            np.maximum(target, glyph.coverage[y0 - y:y1 - y, x0 - x:x1 - x], out=target)


def _write_neighbours(rng: random.Random, coverage: np.ndarray, sheet: GlyphSheet, left: float, baseline: int, pitch: float, length: int):
    """The lines above and below, which a crop that is off by some pixels cuts into."""
    for direction in (-1, 1):
        if rng.random() < 0.3:
            continue
        content = text.words(rng, length) if rng.random() < 0.6 else text.line(rng)
        content = "".join(c for c in content if c == " " or sheet.has(c))[:length + 4]
        pens = np.rint(left + np.concatenate(([0.0], np.cumsum([sheet.advance(c) for c in content]))))
        _write(coverage, sheet, content, pens, baseline + int(round(direction * pitch)))


def _paint(rng, coverage, characters, pens, top, height, baseline, own_ink) -> np.ndarray:
    rows, columns = coverage.shape
    ground, ink = _levels(rng)
    background = np.full((rows, columns), ground, np.float32)
    foreground = np.full(columns, ink, np.float32)
    if rng.random() < 0.22:  # Coloured code: the tokens of a line differ in brightness.
        for _ in range(rng.randint(1, 3)):
            x0 = int(pens[rng.randrange(len(pens))])
            x1 = int(pens[rng.randrange(len(pens))])
            foreground[min(x0, x1):max(x0, x1)] = ground + (ink - ground) * rng.uniform(0.45, 1.15)
    _decorate(rng, background, foreground, characters, pens, top, height, baseline, ground, ink)
    alpha = coverage.astype(np.float32) / 255
    if rng.random() < 0.45:  # Programs differ in how they blend the edges of glyphs.
        alpha = alpha ** rng.uniform(0.65, 1.5)
    gray = background + alpha * (foreground[None, :] - background)
    if own_ink is not None:  # Neighbours of another brightness than the line itself.
        mine = own_ink > 0
        gray = np.where(mine, gray, background + (gray - background) * rng.uniform(0.3, 0.9))
    return np.clip(gray, 0, 255).astype(np.uint8)


def _levels(rng: random.Random) -> tuple[float, float]:
    """The brightness of background and text."""
    if rng.random() < 0.5:
        ground, ink = rng.uniform(215, 255), rng.uniform(0, 120)
        if rng.random() < 0.4:
            ground, ink = 255, rng.choice((0, 17, 34, 51, 85, 102))
    else:
        ground, ink = rng.uniform(0, 60), rng.uniform(130, 255)
    if rng.random() < 0.12:  # Grayed out.
        ink = ground + (ink - ground) * rng.uniform(0.3, 0.7)
    return ground, ink


def _decorate(rng, background, foreground, characters, pens, top, height, baseline, ground, ink):
    rows, columns = background.shape
    y0, y1 = max(0, int(top - rng.uniform(0, 0.15) * height)), min(rows, int(top + height * rng.uniform(1.0, 1.15)))
    difference = ink - ground
    if rng.random() < 0.10:  # A selection, or a box behind a part of the line.
        a, b = sorted((rng.randrange(len(pens)), rng.randrange(len(pens))))
        if rng.random() < 0.5:
            a, b = 0, len(pens) - 1
        background[y0:y1, int(pens[a]):int(pens[b])] += difference * rng.uniform(0.08, 0.45)
        if rng.random() < 0.3:
            foreground[int(pens[a]):int(pens[b])] = ground if rng.random() < 0.3 else ink
            if foreground[int(pens[a])] == ground:
                background[y0:y1, int(pens[a]):int(pens[b])] = ink
    if rng.random() < 0.06:  # A gradient behind the text.
        background += np.linspace(0, difference * rng.uniform(-0.15, 0.3), columns, dtype=np.float32)[None, :]
    if rng.random() < 0.05:  # An underline, straight or as spelling checkers draw it.
        y = min(rows - 2, baseline + max(1, int(0.1 * height)))
        xs = np.arange(int(pens[0]), int(pens[-1]))
        wave = (np.abs((xs % 4) - 2) // 1).astype(int) if rng.random() < 0.4 else np.zeros(len(xs), int)
        background[np.minimum(rows - 1, y + wave), xs] = ground + difference * rng.uniform(0.4, 1.0)
    if rng.random() < 0.05:  # A text cursor between two characters or over one.
        at = rng.randrange(len(pens) - 1) if len(pens) > 1 else 0
        width = 1 if rng.random() < 0.7 else max(1, int(pens[min(at + 1, len(pens) - 1)] - pens[at]))
        x = int(pens[at])
        background[y0:y1, x:x + width] = ground + difference * (0.9 if width == 1 else rng.uniform(0.25, 0.5))
    if rng.random() < 0.12:  # The rules of a table, the frame of a box.
        for y in (y0 - rng.randint(1, 5), y1 + rng.randint(1, 5)):
            if 0 <= y < rows and rng.random() < 0.8:
                background[y, :] = ground + difference * rng.uniform(0.08, 0.6)
        if rng.random() < 0.6:
            x = int(pens[0]) - rng.randint(3, max(4, int(height)))
            background[y0:y1, max(0, x):max(0, x) + 1] = ground + difference * rng.uniform(0.1, 0.8)
        if rng.random() < 0.6:
            x = int(pens[-1]) + rng.randint(2, max(3, int(height)))
            background[y0:y1, min(columns - 1, x):min(columns, x + 1)] = ground + difference * rng.uniform(0.1, 0.8)
