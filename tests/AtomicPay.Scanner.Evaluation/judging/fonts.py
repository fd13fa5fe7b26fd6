"""The fonts of these pictures: families that training never sees (tests/AtomicPay.Scanner.Training/held-out-fonts.txt)."""

import glob
import os
import shutil
import subprocess

MONOSPACE = ["B612 Mono", "Martian Mono", "Sometype Mono", "Xanh Mono", "Red Hat Mono", "M PLUS 1 Code", "M+ Code Latin50", "M+ Code Latin60",
             "Nimbus Mono PS", "FreeMono", "TeX Gyre Cursor", "Atkinson Hyperlegible Mono"]
PROPORTIONAL = ["B612", "Red Hat Text", "Red Hat Display", "Figtree", "Onest", "Albert Sans", "Atkinson Hyperlegible", "M PLUS 1p", "M PLUS Rounded 1c"]
BITMAP = ["6x13", "7x14", "8x13", "9x15", "10x20"]

_FOLDER = os.path.expanduser("~/.local/share/fonts/judging")


def install(fontsource):
    """Makes the families of the Fontsource packages in a folder known to the programs; says which families there are then."""
    if fontsource and not os.path.isdir(_FOLDER):
        os.makedirs(_FOLDER)
        for name in ("martian-mono", "sometype-mono", "xanh-mono", "red-hat-mono", "red-hat-text", "red-hat-display", "m-plus-1-code", "figtree", "onest",
                     "albert-sans", "atkinson-hyperlegible", "atkinson-hyperlegible-mono", "m-plus-1p", "m-plus-rounded-1c"):
            for file in glob.glob(f"{fontsource}/{name}/files/{name}-latin-[47]00-normal.woff2"):
                copy = shutil.copy(file, _FOLDER)
                subprocess.run(["woff2_decompress", copy], check=True)
                os.remove(copy)
        subprocess.run(["fc-cache", "-f", _FOLDER], check=True)
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    families = {family.strip() for line in listed.splitlines() for family in line.split(",")}
    return [family for family in MONOSPACE if family in families], [family for family in PROPORTIONAL if family in families]
