#!/bin/sh
# Installs what training needs on Debian 12: Python's libraries, the browser, the fonts. Then renders the pages that samples are cut from.
# About 25 minutes of one core, 2 GB of disk.
set -eu
cd "$(dirname "$0")"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

as_root apt-get install -y --no-install-recommends \
  python3-torch python3-numpy python3-opencv python3-pil python3-freetype python3-fonttools python3-onnx chromium nodejs npm \
  $(cat fonts-debian.txt)
npm install --ignore-scripts --no-audit --no-fund

export PATH="/usr/bin:$PATH"
python3 -m keyreader.faces
python3 -m keyreader.pages --pages 140 --seed 1
python3 -m keyreader.pages --pages 8 --seed 2 --held-out --folder data/held-out
python3 -m keyreader.pages --pages 16 --seed 3 --held-out --folder data/held-out-fresh
node render-pages.mjs "$PWD/data/pages"
node render-pages.mjs "$PWD/data/held-out"
node render-pages.mjs "$PWD/data/held-out-fresh"
