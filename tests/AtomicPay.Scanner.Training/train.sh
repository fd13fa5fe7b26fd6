#!/bin/sh
# Trains both networks and exports them to where the scanner keeps them. Minutes are those of two cores that have nothing else to do.
set -eu
cd "$(dirname "$0")"
export PATH="/usr/bin:$PATH"
models=../../src/AtomicPay.Scanner/Images/Keys/Models

python3 -m keyreader.train spotter --width 0.5 --minutes 30
python3 -m keyreader.train reader --minutes 150
mkdir -p "$models"
for name in spotter reader; do
  python3 -m keyreader.export "$name" "$models/$name.onnx"
  python3 -m keyreader.evaluate "$name" --lines 300
done
