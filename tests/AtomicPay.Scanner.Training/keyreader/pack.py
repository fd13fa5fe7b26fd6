"""Copies what training needs to a folder that can be sent to another machine: this code, the pages, and the fonts with the characters of lines only.

There, `python3 -m keyreader.train` needs PyTorch, NumPy, OpenCV and freetype-py with its library, and neither fonts nor a browser.
"""

import argparse
import collections
import dataclasses
import glob
import json
import os
import shutil
import sys

import cv2
from fontTools import subset
from fontTools.ttLib import TTFont

from .browser import pages
from .faces import FACES_FILE, ROOT, load_faces

_CHARACTERS = "".join(map(chr, range(32, 127))) + "•→…✓©×│·ãáçéíóõú"
_LARGEST_BITMAP_FONT = 400_000
_LARGEST_WEB_FONT = 40_000
_WEB_FACES_PER_FAMILY = 8


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    folder = arguments.parse_args().folder
    shutil.copytree(os.path.dirname(os.path.abspath(__file__)), os.path.join(folder, "keyreader"), ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("data/fonts", "data/pages"):
        os.makedirs(os.path.join(folder, name))
    faces, of_family = [], collections.Counter()
    for number, face in enumerate(load_faces()):
        of_family[face.family] += 1
        packed = _packed(number, face, of_family[face.family], folder)
        if packed is not None:
            faces.append(packed)
    with open(os.path.join(folder, os.path.relpath(FACES_FILE, ROOT)), "w") as file:
        json.dump([dataclasses.asdict(face) for face in faces], file)
    for path in pages(os.path.join(ROOT, "data", "pages")):
        shutil.copy(path, os.path.join(folder, "data", "pages"))
        picture = cv2.imread(path.replace(".json", ".png"), cv2.IMREAD_GRAYSCALE)
        cv2.imwrite(os.path.join(folder, "data", "pages", os.path.basename(path).replace(".json", ".webp")), picture, [cv2.IMWRITE_WEBP_QUALITY, 101])
    print(len(faces), "faces,", len(glob.glob(os.path.join(folder, "data", "pages", "*.webp"))), "pages")


def _packed(number, face, rank, folder):
    """The face with its file in that folder; None when the file is too large, or cannot be cut down."""
    if face.path.endswith(".woff2"):  # Fontsource has cut and compressed these already.
        if rank > _WEB_FACES_PER_FAMILY or os.path.getsize(face.path) > _LARGEST_WEB_FONT:
            return None
        name = f"data/fonts/{number:04}.woff2"
        shutil.copy(face.path, os.path.join(folder, name))
        return dataclasses.replace(face, path=name)
    if face.strike is not None:
        if os.path.getsize(face.path) > _LARGEST_BITMAP_FONT:
            return None
        name = f"data/fonts/{os.path.basename(face.path)}"
        shutil.copy(face.path, os.path.join(folder, name))
        return dataclasses.replace(face, path=name)
    name = f"data/fonts/{number:04}.otf"
    options = subset.Options(hinting=True, layout_features=[], notdef_outline=False, glyph_names=False, legacy_kern=False, name_IDs=[], desubroutinize=False)
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "kern", "DSIG", "FFTM", "meta", "name", "post"]
    try:
        font = TTFont(face.path, fontNumber=face.index, lazy=True)
        cutter = subset.Subsetter(options)
        cutter.populate(text=_CHARACTERS)
        cutter.subset(font)
        font.flavor = None
        font.save(os.path.join(folder, name))
    except Exception as problem:  # Fonts are broken in every way there is; one of thousands may be missing.
        print(f"left out {face.path}: {problem!r}", file=sys.stderr)
        return None
    return dataclasses.replace(face, path=name, index=0)


if __name__ == "__main__":
    main()
