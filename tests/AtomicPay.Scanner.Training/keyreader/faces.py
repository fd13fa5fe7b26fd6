"""Which font faces this machine has, and which of them training may use."""

import glob
import hashlib
import json
import os
import re
import sys
from dataclasses import asdict, dataclass, replace

import freetype

from .alphabet import KEY_CHARACTERS

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FACES_FILE = os.path.join(ROOT, "data", "faces.json")

_SYSTEM_FOLDERS = ("/usr/share/fonts",)
_FACES_PER_FAMILY = 14
_NEEDED = KEY_CHARACTERS + "=\"':,.;()<>/$#"
# Scripts, display faces and symbol fonts that no program shows keys in.
_UNSUITABLE = re.compile(
    r"chorus|z003|dingbat|symbol|d050000l|ornament|braille|math|initials|shadow|outline|fraktur|emoji|music|handjet|script|upright italic"
    r"|keyboard|keyfont|smallcap|small caps|unicase|swash|caps\b"
    r"|8x8|2x\b|2y\b", re.I)
_STYLE_WORDS = re.compile(
    r"\b(thin|hairline|extra ?light|ultra ?light|light|book|regular|normal|medium|demi ?bold|semi ?bold|demi|bold|extra ?bold|ultra ?bold"
    r"|black|heavy|italic|oblique|roman|retina|text|condensed|semi ?condensed|extra ?condensed|\d+)\b", re.I)


@dataclass(frozen=True)
class Face:
    """One face of a font file; `strike` picks the size of a bitmap font and is None for outlines."""

    path: str
    index: int
    family: str
    style: str
    monospace: bool
    held_out: bool
    strike: int | None = None
    strike_height: int = 0

    @property
    def name(self) -> str:
        return f"{self.family} {self.style}" + (f" {self.strike_height}px" if self.strike is not None else "")


def load_faces(held_out: bool = False) -> list[Face]:
    """The faces for training, or those that are held out from it."""
    with open(FACES_FILE) as file:
        faces = [Face(**record) for record in json.load(file)]
    return [replace(face, path=os.path.join(ROOT, face.path)) for face in faces if face.held_out == held_out]


def _compact(name: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", name.lower())


def _held_out_prefixes() -> list[str]:
    with open(os.path.join(ROOT, "held-out-fonts.txt")) as file:
        return [_compact(line) for line in file if line.strip() and not line.startswith("#")]


def _is_held_out(family: str, path: str, prefixes: list[str]) -> bool:
    names = (_compact(family), _compact(os.path.basename(path)))
    return any(name == prefix if prefix == "fixed" else name.startswith(prefix) for name in names for prefix in prefixes)


def _font_files():
    for folder in _SYSTEM_FOLDERS:
        for extension in ("ttf", "otf", "ttc", "otb", "pcf", "pcf.gz", "fon"):
            yield from sorted(glob.glob(f"{folder}/**/*.{extension}", recursive=True))
    yield from sorted(glob.glob(os.path.join(ROOT, "node_modules/@fontsource/*/files/*-latin-[1-9]00-*.woff2")))


def _family_of(path: str, face: freetype.Face) -> str:
    package = re.search(r"@fontsource/([^/]+)/", path)
    if package:
        return package.group(1).replace("-", " ").title()
    family = (face.family_name or b"?").decode("latin-1")
    if family.startswith("Px "):  # The screens of dozens of old computers, in one file each.
        return "Px"
    return re.sub(r"\s+", " ", _STYLE_WORDS.sub(" ", family)).strip() or family


def _style_of(path: str, face: freetype.Face) -> str:
    weight = re.search(r"-latin-(\d00)-(normal|italic)", path)
    return f"{weight.group(1)} {weight.group(2)}" if weight else (face.style_name or b"").decode("latin-1")


def _drawing_hash(face: freetype.Face) -> str:
    """Equal for two files that hold the same drawing, however they are packed."""
    digest = hashlib.sha256()
    for character in "agQR0lI158":
        face.load_char(character, freetype.FT_LOAD_NO_SCALE)
        scale = 500 / face.units_per_EM
        digest.update(repr([(round(x * scale), round(y * scale)) for x, y in face.glyph.outline.points]).encode())
    return digest.hexdigest()


def _draws_every_character(face: freetype.Face) -> bool:
    if any(face.get_char_index(character) == 0 for character in _NEEDED):
        return False
    shapes = []
    for character in "aAgGrR":
        face.load_char(character, freetype.FT_LOAD_NO_SCALE)
        if face.glyph.outline.n_points < 3:
            return False
        shapes.append(tuple(face.glyph.outline.points))
    return len(set(shapes)) == len(shapes)  # A face of capitals only cannot tell a from A.


def _is_fixed_width(face: freetype.Face) -> bool:
    widths = set()
    for character in "iMl0":
        face.load_char(character, freetype.FT_LOAD_NO_SCALE)
        widths.add(face.glyph.advance.x)
    return len(widths) == 1


def _strikes(path: str, index: int, face: freetype.Face):
    """The sizes of a bitmap font that draw every character of a key."""
    for strike, size in enumerate(face.available_sizes):
        if not 8 <= size.height <= 32:
            continue
        face.select_size(strike)
        if all(face.get_char_index(character) for character in _NEEDED):
            yield strike, size.height


def _outline_faces(path: str, prefixes: list[str], seen: set[str]):
    opened = freetype.Face(path)
    for index in range(min(opened.num_faces, 4)):
        face = freetype.Face(path, index) if index else opened
        family, style = _family_of(path, face), _style_of(path, face)
        if _UNSUITABLE.search(f"{family} {style} {os.path.basename(path)}"):
            continue
        held_out = _is_held_out(family, path, prefixes)
        if not face.is_scalable:
            for strike, height in _strikes(path, index, face):
                yield Face(path, index, family, style, bool(face.is_fixed_width), held_out, strike, height)
        elif _draws_every_character(face):
            drawing = _drawing_hash(face)
            if drawing not in seen:
                seen.add(drawing)
                yield Face(path, index, family, style, _is_fixed_width(face), held_out)


def _weight_order(face: Face) -> tuple:
    """Upright faces of ordinary weight first: they are what programs show."""
    style = face.style.lower()
    slanted = bool(re.search(r"italic|oblique", style))
    weight = next((int(w) for w in re.findall(r"\b([1-9]00)\b", style)), None)
    if weight is None:
        weight = next((value for word, value in (("thin", 100), ("extralight", 200), ("light", 300), ("medium", 500), ("semibold", 600),
                                                 ("black", 900), ("heavy", 900), ("extrabold", 800), ("bold", 700)) if word in style), 400)
    return slanted, abs(weight - 430), face.path


def find_faces() -> list[Face]:
    """All faces, at most a handful of a family, none twice."""
    prefixes, seen, families = _held_out_prefixes(), set(), {}
    for path in _font_files():
        try:
            for face in _outline_faces(path, prefixes, seen):
                families.setdefault((_compact(face.family), face.strike is not None), []).append(face)
        except (freetype.FT_Exception, ValueError) as problem:
            print(f"left out {path}: {problem}", file=sys.stderr)
    return [face for members in families.values() for face in sorted(members, key=_weight_order)[:_FACES_PER_FAMILY]]


def main():
    faces = find_faces()
    os.makedirs(os.path.dirname(FACES_FILE), exist_ok=True)
    with open(FACES_FILE, "w") as file:
        json.dump([asdict(face) for face in faces], file, indent=0)
    for held_out in (False, True):
        chosen = [face for face in faces if face.held_out == held_out]
        print("held out:" if held_out else "for training:", len(chosen), "faces of", len({face.family for face in chosen}), "families;",
              sum(face.monospace for face in chosen), "monospace,", sum(face.strike is not None for face in chosen), "bitmap sizes")


if __name__ == "__main__":
    main()
