"""Reads the keys of a folder of pictures with a truth file, at the true boxes moved by some pixels. To watch, never to tune.

The truth file lists `images` with `file`, `frame`, `effect` and `keys`; a key has `key`, `wrapped` and `lines` of [x, y, width, height].
"""

import argparse
import collections
import json
import os
import random

import numpy as np
import torch
from PIL import Image, ImageOps

from .beam import read_keys
from .evaluate import distance, read
from .export import load_reader


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("truth")
    arguments.add_argument("names", nargs="+", help="of checkpoints in data/")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    crops = list(_crops(options.truth, random.Random(7)))
    for name in options.names:
        reader = load_reader(name)[0]
        exact, close, total = (collections.Counter() for _ in range(3))
        for effect, key, crop in crops:
            ranked = read_keys(read(reader, crop))
            best = ranked[0][0] if ranked else ""
            for group in ("all", effect):
                total[group] += 1
                exact[group] += best == key
                close[group] += distance(best, key) <= 1
        print(f"{name}: exact, within one character, of:", "; ".join(f"{group} {exact[group]} {close[group]} {total[group]}" for group in total))


def _crops(truth, rng):
    """Keys on one line only, in pictures that are not turned: straightening is the scanner's part."""
    folder = os.path.dirname(os.path.abspath(truth))
    with open(truth) as file:
        images = json.load(file)["images"]
    for image in images:
        if image["effect"] in ("rotate", "photo") or not image["keys"]:
            continue
        gray = _gray(os.path.join(folder, image["file"]), image.get("frame") or 0)
        for key in image["keys"]:
            if not key["wrapped"]:
                x, y, width, height = key["lines"][0]
                left, right = x - rng.uniform(0, 6), x + width + rng.uniform(0, 6)
                top, bottom = y - rng.uniform(-1, 4), y + height + rng.uniform(-1, 4)
                yield image["effect"], key["key"], gray[max(0, round(top)):round(bottom), max(0, round(left)):round(right)]


def _gray(path, frame):
    picture = Image.open(path)
    if frame:
        picture.seek(frame)
    picture = ImageOps.exif_transpose(picture).convert("RGBA")
    return np.asarray(Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("L"))


if __name__ == "__main__":
    main()
