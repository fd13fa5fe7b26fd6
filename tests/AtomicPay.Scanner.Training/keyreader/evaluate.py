"""Reads keys in fonts that training never saw, and counts the exact ones.

The lines are drawn by the browser and by FreeType, each whole as the scanner crops it, half of them degraded as pictures on the web are.
"""

import argparse
import collections
import os
import random
import re

import numpy as np
import torch

from . import browser, text
from .alphabet import text_of
from .beam import greedy, read_keys
from .crops import HEIGHT, fitted, normalised
from .degrade import degrade
from .drawing import FacePicker, draw_line
from .export import load_reader
from .faces import ROOT, load_faces
from .glyphs import GlyphSheet, Style
from .lines import PicturedLine

# Some faces draw these alike, to the pixel: a reader can only list both.
_ONE_DRAWING = str.maketrans("OIl", "011")
_CONFIDENCES = (0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01)
_PLAIN_SIZES = (9, 10, 11, 12, 13, 14, 15, 16, 18, 22)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("names", nargs="+", help="of checkpoints in data/")
    arguments.add_argument("--lines", type=int, default=150, help="of each kind")
    arguments.add_argument("--seed", type=int, default=11)
    arguments.add_argument("--folder", default=os.path.join(ROOT, "data", "held-out"), help="of the browser's pages")
    arguments.add_argument("--calibration", action="store_true", help="print how often readings of a confidence are right")
    arguments.add_argument("--mistakes", action="store_true", help="print each wrong reading")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    tests = list(held_out_lines(options.lines, options.seed, options.folder))
    for name in options.names:
        readings = _report(name, load_reader(name)[0], tests, options.mistakes)
        if options.calibration:
            _report_calibration(readings)


def held_out_lines(count: int, seed: int, folder: str):
    """(kind, family, size, key, crop) of lines with exactly one key."""
    rng = random.Random(seed)
    for kind, source in (("browser", _browser_lines(rng, folder)), ("drawn", _drawn_lines(rng))):
        found = 0
        for line in source:
            key = _only_key(line.text)
            if key is None:
                continue
            degraded = found % 2 == 1
            yield kind + (", degraded" if degraded else ""), line.family, line.em, key, _crop(line, key, degraded, rng)
            found += 1
            if found == count:
                break


def _browser_lines(rng, folder):
    lines = [line for page in browser.pages(folder) for line in browser.load_page(page)]
    rng.shuffle(lines)
    return lines


def _drawn_lines(rng):
    picker = FacePicker(rng, load_faces(held_out=True), bitmap=0.1)
    while True:
        face = picker()
        pixels = float(rng.choice(_PLAIN_SIZES))
        style = Style(pixels, rng.choice(("unhinted", "light", "hinted")), stripes=rng.random() < 0.3)
        yield draw_line(rng, GlyphSheet(face, style), text.line(rng), face.family)


def _only_key(line: str) -> str | None:
    keys = re.findall(r"(?<![A-Za-z0-9])atpay_(?:live_|test_)?[A-Za-z0-9]{24,64}(?![A-Za-z0-9_-])", line)
    return keys[0] if len(keys) == 1 else None


def _crop(line: PicturedLine, key: str, degraded: bool, rng) -> np.ndarray:
    """The line with up to a height of what surrounds the key, as the line finder hands it over."""
    start = line.text.index(key)
    left = max(0.0, line.boxes[max(0, start - rng.randint(0, 8)), 0] - rng.uniform(0, 0.5) * line.height)
    last = min(len(line.boxes) - 1, start + len(key) - 1 + rng.randint(0, 4))
    right = min(line.gray.shape[1], line.boxes[last, 1] + rng.uniform(0, 0.5) * line.height)
    top, bottom = line.top - rng.uniform(0, 0.2) * line.height, line.top + line.height * (1 + rng.uniform(0, 0.2))
    gray = np.ascontiguousarray(line.gray[max(0, round(top)):round(bottom), int(left):int(np.ceil(right))])
    return degrade(gray, line.em, rng)[0] if degraded else gray


def read(reader, crop: np.ndarray) -> np.ndarray:
    """The network's answer for a crop of any size."""
    values = normalised(fitted(crop))
    width = (values.shape[1] + 7) // 4 * 4
    padded = np.zeros((HEIGHT, width), np.float32)
    padded[:, :values.shape[1]] = values
    with torch.no_grad():
        return reader(torch.from_numpy(padded)[None, None]).log_softmax(2)[0].numpy()


def _report(name, reader, tests, mistakes):
    exact, alike, close, among, prefix, total = (collections.Counter() for _ in range(6))
    wrong, readings = collections.Counter(), []
    for kind, family, size, key, crop in tests:
        logs = read(reader, crop)
        scored = read_keys(logs)
        readings.append((key, scored))
        ranked = [text for text, _ in scored]
        best = ranked[0] if ranked else ""
        for group in (kind, "all", f"  {family}", "  9 to 12 pixels" if size <= 12 else "  larger"):
            total[group] += 1
            exact[group] += best == key
            alike[group] += best.translate(_ONE_DRAWING) == key.translate(_ONE_DRAWING)
            close[group] += distance(best, key) <= 1
            among[group] += key in ranked[:5]
            prefix[group] += "atpay" in text_of(greedy(logs))
        if best != key:
            wrong.update(f"{a}>{b}" for a, b in zip(key, best) if a != b and len(key) == len(best))
            if mistakes:
                print(f"{family} {size}, {kind}\n  {key}\n  {best}")
    print(f"{name}: exact, exact but for 0 O and l I 1, within one character, among the first five, atpay read, of")
    for group in sorted(total, key=lambda g: (g.startswith(" "), g)):
        print(f"  {group:26} {exact[group]:4} {alike[group]:4} {close[group]:4} {among[group]:4} {prefix[group]:4} {total[group]:4}  {exact[group] / total[group]:.1%}")
    print("  taken for each other:", ", ".join(f"{pair} {count}" for pair, count in wrong.most_common(16)))
    return readings


def _report_calibration(readings):
    """One crop a line. Frames are not independent looks, so scores are divided by a temperature: the one under which the true keys are likeliest."""
    listed = [(key, [text for text, _ in scored], np.array([score for _, score in scored])) for key, scored in readings if scored]

    def shares(scores, temperature):
        weights = np.exp((scores - scores.max()) / temperature)
        return weights / weights.sum()

    def surprise(temperature):
        return -sum(np.log(shares(scores, temperature)[texts.index(key)]) for key, texts, scores in listed if key in texts)

    fitted_temperature = min(np.arange(0.5, 4.01, 0.05), key=surprise)
    for temperature in (1.0, fitted_temperature):
        judged = [(float(shares(scores, temperature)[0]), texts[0] == key) for key, texts, scores in listed]
        print(f"  temperature {temperature:.2f}: confidence, readings, mean confidence, right")
        for low, high in zip(_CONFIDENCES, _CONFIDENCES[1:]):
            inside = [(confidence, right) for confidence, right in judged if low <= confidence < high]
            if inside:
                print(f"    {low:.3f} to {min(high, 1):.3f} {len(inside):5} {np.mean([c for c, _ in inside]):.3f} {np.mean([r for _, r in inside]):.3f}")


def distance(a: str, b: str) -> int:
    """Levenshtein's edit distance."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a):
        current = [i + 1]
        for j, y in enumerate(b):
            current.append(min(current[j] + 1, previous[j + 1] + 1, previous[j] + (x != y)))
        previous = current
    return previous[-1]


if __name__ == "__main__":
    main()
