#!/bin/sh
# Trains both networks as the committed ones were, and exports them to where the scanner keeps them: on two cores about a day, with a
# data-centre GPU and 16 cores ten minutes.
set -eu
cd "$(dirname "$0")"
export PATH="/usr/bin:$PATH"
models=../../src/AtomicPay.Scanner/Images/Keys/Models

python3 -m keyreader.train reader:1:1 --steps 4546
python3 -m keyreader.train spotter:0.5:0 --steps 3519
for name in spotter reader; do
  python3 -m keyreader.export "$name" "$models/$name.onnx"
  python3 -m keyreader.evaluate "$name" --lines 300
done
