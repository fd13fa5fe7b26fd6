"""Draws single glyphs the ways that programs do: hinted or not, smoothed, for LCD stripes or in black and white only."""

import ctypes
import random
from dataclasses import dataclass

import freetype
import numpy as np
from freetype.raw import FT_Outline_Embolden, FT_Outline_Translate

from .faces import Face

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_PHASES = 4
_OWN = 128

_LOADING = {
    "unhinted": freetype.FT_LOAD_NO_HINTING,
    "light": freetype.FT_LOAD_TARGET_LIGHT,
    "autohinted": freetype.FT_LOAD_FORCE_AUTOHINT,
    "hinted": freetype.FT_LOAD_DEFAULT,
    "mono": freetype.FT_LOAD_TARGET_MONO,
}


@dataclass(frozen=True)
class Style:
    """How a face is drawn. What follows `stripes` changes the drawing itself, so that one face stands for several."""

    pixels: float
    loading: str
    stripes: bool
    emboldening: float = 0.0
    stretch: float = 1.0
    slant: float = 0.0
    wave: float = 0.0
    individuality: float = 0.0
    plain_zero: float = 0.0
    seed: int = 0

    @staticmethod
    def random(rng: random.Random, pixels: float) -> "Style":
        loading = rng.choices(("unhinted", "light", "autohinted", "hinted", "mono"), (46, 22, 8, 20, 4 if pixels <= 18 else 0))[0]
        changed = rng.random() < 0.45 and loading != "mono"
        return Style(
            pixels=pixels if loading == "unhinted" or rng.random() < 0.2 else float(max(8, round(pixels))),
            loading=loading,
            stripes=loading != "mono" and rng.random() < 0.3,
            emboldening=rng.uniform(-0.018, 0.035) if changed else 0.02 * (rng.random() < 0.12),
            stretch=rng.uniform(0.88, 1.12) if changed else 1.0,
            slant=rng.choice((0.0, rng.uniform(-0.06, 0.1), rng.uniform(0.1, 0.22))) if changed else 0.0,
            wave=rng.uniform(0.0, 0.014) if changed and rng.random() < 0.6 else 0.0,
            individuality=rng.uniform(0.0, 0.05) if changed and rng.random() < 0.6 else 0.0,
            plain_zero=rng.uniform(0.72, 0.96) if rng.random() < 0.5 else 0.0,
            seed=rng.randrange(1 << 30))


@dataclass(frozen=True)
class Glyph:
    """Coverage from 0 to 255 and where it stands from the pen."""

    coverage: np.ndarray
    left: int
    top: int


class GlyphSheet:
    """The glyphs of one face in one style, each drawn once."""

    def __init__(self, face: Face, style: Style):
        self._face = freetype.Face(face.path, face.index)
        self._bitmap_font = face.strike is not None
        self._style = style
        self._glyphs: dict[tuple[str, int], Glyph] = {}
        self._advances: dict[str, float] = {}
        self._had: dict[str, bool] = {}
        if self._bitmap_font:
            self._face.select_size(face.strike)
            self._flags = freetype.FT_LOAD_DEFAULT
        else:
            self._face.set_char_size(int(style.pixels * 64))
            self._flags = _LOADING[style.loading] | freetype.FT_LOAD_NO_BITMAP
        size = self._face.size
        self.em = float(face.strike_height if self._bitmap_font else style.pixels)
        self.ascent = size.ascender / 64
        self.descent = -size.descender / 64
        self.whole_pixels = self._bitmap_font or style.loading != "unhinted"
        chance = np.random.RandomState(style.seed)
        self._waves = chance.uniform(0, 2 * np.pi, 4)
        self._own = chance.uniform(-1, 1, (_OWN, 3)) * style.individuality

    def has(self, character: str) -> bool:
        had = self._had.get(character)
        if had is None:
            had = self._had[character] = self._face.get_char_index(character) != 0
        return had

    def advance(self, character: str) -> float:
        """The pen's way over a character, in pixels."""
        width = self._advances.get(character)
        if width is None:
            self._face.load_char(character, self._flags)
            width = self._face.glyph.advance.x / 64 if self.whole_pixels else self._face.glyph.linearHoriAdvance / 65536
            width *= 1.0 if self._bitmap_font else self._style.stretch
            width = max(1.0, round(width) if self.whole_pixels else width)
            self._advances[character] = width
        return width

    def glyph(self, character: str, pen: float) -> Glyph:
        """The glyph as drawn with the pen at that fraction of a pixel."""
        phase = 0 if self.whole_pixels else int((pen % 1.0) * _PHASES)
        drawn = self._glyphs.get((character, phase))
        if drawn is None:
            drawn = self._glyphs[character, phase] = self._draw(character, phase / _PHASES)
        return drawn

    def _draw(self, character: str, shift: float) -> Glyph:
        self._face.load_char(character, self._flags)
        slot = self._face.glyph
        if character == "0" and self._style.plain_zero and not self._bitmap_font:
            self._draw_plain_zero(slot)
        if not self._bitmap_font and slot.outline.n_points:
            self._change(slot.outline, character)
            if shift:
                FT_Outline_Translate(ctypes.byref(slot.outline._FT_Outline), int(shift * 64), 0)
        if self._style.loading == "mono":
            slot.render(freetype.FT_RENDER_MODE_MONO)
        elif not self._bitmap_font:
            slot.render(freetype.FT_RENDER_MODE_LCD if self._style.stripes else freetype.FT_RENDER_MODE_NORMAL)
        return Glyph(_coverage(slot._FT_GlyphSlot.contents.bitmap), slot.bitmap_left, slot.bitmap_top)

    def _draw_plain_zero(self, slot):
        """The zero without its dot or slash: only there does an O differ from it by the width alone, and few faces teach that."""
        pieces = _pieces(slot.outline)
        areas = [_area(piece) for piece in pieces]
        outer = max(areas, key=abs, default=0.0)
        holes = [area for area in areas if area * outer < 0]
        if len(holes) == 1:
            for piece, area in zip(pieces, areas):
                if area != outer and area * outer > 0:
                    piece[:] = piece[0]  # A dot without extent is not drawn.
        elif len(holes) == 2:  # The slash has parted the hole in two: a narrow O has what this zero would look like.
            middle = _points(slot.outline)[:, 0].mean()
            self._face.load_char("O", self._flags)
            points = _points(slot.outline)
            x = points[:, 0].astype(np.float64)
            points[:, 0] = np.rint(middle + (x - (x.min() + x.max()) / 2) * self._style.plain_zero)

    def _change(self, outline, character: str):
        style = self._style
        if style.emboldening:
            FT_Outline_Embolden(ctypes.byref(outline._FT_Outline), int(style.emboldening * style.pixels * 64))
        if style.stretch == 1.0 and not style.slant and not style.wave and not style.individuality:
            return
        points = _points(outline)
        x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
        unit = style.pixels * 64
        if style.individuality:
            own = self._own[ord(character) % _OWN]
            x = x * (1 + own[0]) + own[1] * y * 0.5
            y = y * (1 + own[2] * 0.6)
        x = x * style.stretch + style.slant * y
        if style.wave:
            a, b, c, d = self._waves
            x, y = (x + style.wave * unit * (np.sin(7 * y / unit + a) + np.sin(13 * x / unit + b)),
                    y + style.wave * unit * (np.sin(9 * x / unit + c) + 0.5 * np.sin(11 * y / unit + d)))
        points[:, 0], points[:, 1] = np.rint(x), np.rint(y)


def _points(outline) -> np.ndarray:
    """The points of an outline, to be changed in place, in 64ths of a pixel."""
    vectors = ctypes.cast(outline._FT_Outline.points, ctypes.POINTER(ctypes.c_long))
    return np.ctypeslib.as_array(vectors, (outline.n_points, 2))


def _pieces(outline) -> list[np.ndarray]:
    """The points of each contour."""
    points, ends = _points(outline), outline.contours
    return [points[first:last + 1] for first, last in zip([0, *(end + 1 for end in ends)], ends)]


def _area(contour: np.ndarray) -> float:
    """Signed: a hole has the other sign than what it is cut from."""
    x, y = contour[:, 0].astype(np.float64), contour[:, 1].astype(np.float64)
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def _coverage(bitmap) -> np.ndarray:
    rows, width, pitch = bitmap.rows, bitmap.width, abs(bitmap.pitch)
    if not rows or not width:
        return np.zeros((0, 0), np.uint8)
    buffer = np.frombuffer(ctypes.string_at(bitmap.buffer, rows * pitch), np.uint8).reshape(rows, pitch)
    if bitmap.pixel_mode == freetype.FT_PIXEL_MODE_MONO:
        return np.unpackbits(buffer, axis=1)[:, :width] * np.uint8(255)
    if bitmap.pixel_mode == freetype.FT_PIXEL_MODE_LCD:
        return (buffer[:, :width].reshape(rows, width // 3, 3) @ _LUMA).astype(np.uint8)
    return buffer[:, :width]
