#!/usr/bin/python3
"""Makes pictures to judge the reader of keys by: programs, fonts and themes that its training never saw, and what they show.

  make.py FOLDER [--seed 1] [--pictures 320] [--clean 100] [--fontsource .../node_modules/@fontsource]

Debian: python3-pil python3-numpy python3-pyqt5 python3-gi python3-gi-cairo gir1.2-gtk-3.0 gir1.2-gtksource-4 pango1.0-tools poppler-utils xvfb xterm
rxvt-unicode x11-apps woff2 xfonts-base fonts-b612 fonts-mplus fonts-urw-base35 fonts-freefont-ttf fonts-texgyre. The same seed gives the same texts, styles and
effects; the programs' versions decide about the pixels."""

import argparse
import hashlib
import json
import os
import random as randoms

import numpy
from PIL import Image

import effects
import fonts
import keys
import programs
import scenes

THEMES = {"nord": ("#2e3440", "#d8dee9"), "dracula": ("#282a36", "#f8f8f2"), "gruvbox-light": ("#fbf1c7", "#3c3836"), "paper": ("#f2eede", "#222222"), "phosphor": ("#071407", "#52e06a"),
          "contrast": ("#000000", "#ffffff"), "mirage": ("#1f2430", "#cbccc6"), "sepia": ("#f4ecd8", "#5b4636"), "white": ("#ffffff", "#111111"), "ocean": ("#0b3d5c", "#e8f1f5")}
DIFFERENT = 24


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--pictures", type=int, default=320)
    arguments.add_argument("--clean", type=int, default=100)
    arguments.add_argument("--fontsource")
    options = arguments.parse_args()
    monospace, proportional = fonts.install(options.fontsource)
    os.makedirs(f"{options.folder}/pictures", exist_ok=True)
    images = []
    for number in range(options.pictures + options.clean):
        images.append(_picture(options, number, monospace, proportional))
        if number % 50 == 49:
            print(f"{number + 1} pictures", flush=True)
    programs.close()
    with open(f"{options.folder}/truth.json", "w", encoding="utf-8") as file:
        json.dump({"set": "judging", "seed": options.seed, "images": images}, file, indent=1)


def _picture(options, number, monospace, proportional):
    clean = number >= options.pictures
    random = randoms.Random(f"{options.seed}/{number}")
    program = random.choices(list(programs.PROGRAMS), [16, 12, 10, 20, 16, 16, 10])[0]
    is_monospace = program in programs.TERMINALS or random.random() < 0.8
    family = random.choice(monospace if is_monospace else proportional)
    if program == "urxvt" and random.random() < 0.4:
        family = random.choice(fonts.BITMAP)
    theme = random.choice(list(THEMES))
    style = programs.Style(family, round(random.triangular(9, 30, 14)), *THEMES[theme], random.randint(60, 110), random.getrandbits(16))
    count = random.choices([1, 2], [88, 12])[0]
    name, lines = scenes.scene(random, count)
    values, kinds = zip(*[keys.look_alike(random) if clean else keys.key(random) for _ in range(count)])
    shown = scenes.filled(lines, values)
    is_table = program == "qt" and style.seed % 3 == 0
    if not clean and program not in programs.TERMINALS and not is_table and count == 1 and random.random() < 0.15:
        shown, values = _wrapped(random, shown, values)
    draw = programs.PROGRAMS[program]
    whole = draw(shown, style)
    masks = []
    for value in [] if clean else values:
        parts = value if isinstance(value, tuple) else (value,)
        without = [_blanked(line, parts) for line in shown]
        masks.append(_difference(whole, draw(without, style)))
    effect, factor, image, masks = effects.apply(random, whole, masks)
    kind, quality, content = effects.encoded(random, effect, image)
    file = f"pictures/{'clean' if clean else 'key'}{number:04}.{kind.lower()}"
    with open(f"{options.folder}/{file}", "wb") as out:
        out.write(content)
    pixels = int(family.split("x")[1]) if family in fonts.BITMAP else style.size * ([72, 96, 110][style.seed % 3] / 72 if program == "poppler" else 1)
    return {
        "file": file, "set": "judging", "positive": not clean, "kind": program, "scenario": name, "negative": kinds[0] if clean else None, "theme": theme, "mono_font": family,
        "ui_font": family, "px": style.size, "scale": 1, "format": kind, "quality": quality, "width": image.width, "height": image.height, "frame": 0, "effect": effect, "params": {},
        "tags": [effect], "not_exposed": [],
        "keys": [] if clean else [_truth(value, one, mask, family, is_monospace, pixels, factor) for value, one, mask in zip(values, kinds, masks)],
    }


def _wrapped(random, lines, values):
    """The first key runs on in the next line, as in a narrow window."""
    value = values[0]
    at = next(at for at, line in enumerate(lines) if value in line)
    start = lines[at].index(value)
    # The window is at least as wide as what it wraps to.
    least = max(start + 14, (start + len(value)) * 11 // 20)
    cut = random.randint(min(least, start + len(value) - 4), start + len(value) - 4)
    # Nothing reaches further to the right than the line that was full.
    lines = [line[:cut] if at_other != at else line for at_other, line in enumerate(lines)]
    parts = (lines[at][start:cut], value[cut - start:])
    return [*lines[:at], lines[at][:cut], lines[at][cut:], *lines[at + 1:]], (parts, *values[1:])


def _blanked(line, parts):
    for part in parts:
        line = line.replace(part, " " * len(part)) if len(part) > 3 else line.removeprefix(part)
    return line


def _difference(whole, without):
    if whole.size != without.size:
        padded = Image.new("RGB", whole.size, whole.getpixel((1, 1)))
        padded.paste(without)
        without = padded
    difference = numpy.abs(numpy.asarray(whole, int) - numpy.asarray(without, int)).max(2)
    return Image.fromarray(((difference > DIFFERENT) * 255).astype(numpy.uint8))


def _truth(value, kind, mask, family, is_monospace, pixels, factor):
    text = "".join(value) if isinstance(value, tuple) else value
    inked = numpy.asarray(mask) > 100
    lines, start, empty = [], None, 0
    rows = inked.any(1)
    for y in range(len(rows) + 1):
        if y < len(rows) and rows[y]:
            start, empty = y if start is None else start, 0
        elif start is not None:
            empty += 1
            if empty > 2 or y == len(rows):
                columns = numpy.flatnonzero(inked[start:y].any(0))
                lines.append([int(columns[0]), start, int(columns[-1] - columns[0] + 1), y - empty + 1 - start])
                start = None
    lines = [line for line in lines if line[3] > 3] or lines or [[0, 0, 1, 1]]
    left, top = min(line[0] for line in lines), min(line[1] for line in lines)
    right, bottom = max(line[0] + line[2] for line in lines), max(line[1] + line[3] for line in lines)
    return {"key": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "keyformat": kind, "bbox": [left, top, right - left, bottom - top], "lines": lines, "font": family,
            "monospace": is_monospace, "px": pixels, "effective_px": pixels * factor, "wrapped": len(lines) > 1, "repeat": False}


if __name__ == "__main__":
    main()
