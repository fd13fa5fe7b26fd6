"""Writes web pages of hundreds of lines each; the browser draws them and tells where every character stands."""

import argparse
import html
import json
import os
import random

from . import text
from .drawing import FacePicker
from .faces import ROOT, load_faces

_BLOCKS = 42
_LINES_PER_BLOCK = 3
_LIGHT = (("#fff", "#222"), ("#fff", "#000"), ("#f6f8fa", "#24292f"), ("#fdf6e3", "#586e75"), ("#fffbe6", "#333"), ("#fff", "#666"),
          ("#eef", "#0550ae"), ("#fff", "#a31515"), ("#f5f5f5", "#c7254e"), ("#fafafa", "#383a42"), ("#fff", "#1a7f37"), ("#e8f0fe", "#1967d2"))
_DARK = (("#1e1e1e", "#d4d4d4"), ("#000", "#ccc"), ("#0c0c0c", "#0f0"), ("#282a36", "#f1fa8c"), ("#272822", "#e6db74"), ("#002b36", "#93a1a1"),
         ("#2e3440", "#a3be8c"), ("#1e1e1e", "#ce9178"), ("#300a24", "#eee"), ("#0d1117", "#7ee787"), ("#282c34", "#98c379"), ("#012456", "#eee"),
         ("#1a1b26", "#9ece6a"), ("#313338", "#dbdee1"), ("#222529", "#d1d2d3"), ("#161616", "#8d8d8d"))
_SIZES = (9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 24)
_SIZE_WEIGHTS = (3, 8, 11, 15, 14, 15, 11, 9, 4, 4, 3, 2, 1)


def _colours(rng):
    kind = rng.random()
    if kind < 0.40:
        return rng.choice(_LIGHT)
    if kind < 0.82:
        return rng.choice(_DARK)
    dark = rng.random() < 0.5
    ground = f"hsl({rng.randrange(360)},{rng.randint(0, 60)}%,{rng.randint(4, 24) if dark else rng.randint(84, 99)}%)"
    return ground, f"hsl({rng.randrange(360)},{rng.randint(0, 90)}%,{rng.randint(58, 95) if dark else rng.randint(5, 42)}%)"


def _block(rng, number, face, zoomed):
    ground, ink = _colours(rng)
    pixels = rng.choice((9, 10, 11, 12, 13, 14, 15, 16)) if zoomed else rng.choices(_SIZES, _SIZE_WEIGHTS)[0] + rng.choice((0, 0, 0, 0, 0, 0.5, 0.33))
    extra = f"letter-spacing:{rng.choice((0.2, 0.3, 0.5, 1, -0.2))}px;" if rng.random() < 0.06 else ""
    lines = []
    for _ in range(_LINES_PER_BLOCK):
        mark = rng.choices(("", "background:rgba(120,160,255,.35)", "text-decoration:underline", "text-decoration:underline wavy",
                            "border:1px solid rgba(128,128,128,.5)", "opacity:.6"), (84, 5, 3, 2, 4, 2))[0]
        lines.append(f'<div class="line" style="padding-left:{rng.choice((0, 3, 8, 20))}px"><span style="{mark}">{html.escape(text.line(rng))}</span></div>')
    return (f'<div style="background:{ground};color:{ink};font:{pixels}px/{rng.choice((1.1, 1.15, 1.2, 1.25, 1.35, 1.4, 1.5, 1.6, 1.8))} F{number};{extra}'
            f'padding:2px 6px;width:max-content;min-width:500px" data-pixels="{pixels}" data-family="{html.escape(face.family)}">{"".join(lines)}</div>')


def _page(rng, picker, zoomed):
    faces = [picker() for _ in range(_BLOCKS)]
    fonts = "".join(f'@font-face{{font-family:F{i};src:url("file://{os.path.realpath(face.path)}")}}' for i, face in enumerate(faces))
    return ('<!doctype html><meta charset="utf-8"><style>' + fonts +
            "body{margin:0;background:#888;white-space:pre;font-kerning:" + rng.choice(("auto", "none")) +
            ";font-variant-ligatures:" + rng.choice(("normal", "none")) + "}</style><body>" +
            "".join(_block(rng, i, face, zoomed) for i, face in enumerate(faces)))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=300)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--held-out", action="store_true", help="with the fonts that training never sees, to judge on")
    arguments.add_argument("--folder", default=os.path.join(ROOT, "data", "pages"))
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    usable = [face for face in load_faces(options.held_out) if face.strike is None and face.index == 0]
    picker = FacePicker(rng, usable, bitmap=0.0)
    os.makedirs(options.folder, exist_ok=True)
    jobs = []
    for number in range(options.pages):
        scale = rng.choices((1, 1.25, 1.5, 2), (70, 8, 10, 12))[0]
        page = os.path.abspath(os.path.join(options.folder, f"{number:04}.html"))
        with open(page, "w") as file:
            file.write(_page(rng, picker, scale >= 1.5))
        jobs.append(dict(page=page, hinting=rng.choices(("none", "slight", "full", "medium"), (45, 28, 22, 5))[0], stripes=rng.random() < 0.4, scale=scale))
    with open(os.path.join(options.folder, "jobs.json"), "w") as file:
        json.dump(jobs, file)


if __name__ == "__main__":
    main()
