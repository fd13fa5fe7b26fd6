"""Lists faces for training that are drawn almost like one that is held out, under whatever name: their families belong to `held-out-fonts.txt`."""

import freetype
import numpy as np

from .faces import Face, load_faces

_CHARACTERS = "agQRGtfyrkS258"
_PIXELS = 40
_BOX = 32
_ALIKE = 0.93


def _drawing(face: Face) -> np.ndarray | None:
    """The characters side by side, each stretched to the same box: weight and proportions of the whole face stay out of the comparison."""
    opened = freetype.Face(face.path, face.index)
    opened.set_char_size(_PIXELS * 64)
    boxes = []
    for character in _CHARACTERS:
        opened.load_char(character, freetype.FT_LOAD_RENDER | freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP)
        bitmap = opened.glyph.bitmap
        if not bitmap.rows or not bitmap.width:
            return None
        pixels = np.array(bitmap.buffer, np.float32).reshape(bitmap.rows, bitmap.pitch)[:, :bitmap.width]
        rows = (np.arange(_BOX) + 0.5) * bitmap.rows / _BOX
        columns = (np.arange(_BOX) + 0.5) * bitmap.width / _BOX
        boxes.append(pixels[rows.astype(int)][:, columns.astype(int)])
    drawing = np.concatenate(boxes, 1).ravel()
    drawing -= drawing.mean()
    return drawing / np.linalg.norm(drawing)


def main():
    faces = [face for held_out in (False, True) for face in load_faces(held_out) if face.strike is None]
    drawings = [(face, drawing) for face in faces if (drawing := _drawing(face)) is not None]
    kept = [(face, drawing) for face, drawing in drawings if not face.held_out]
    held_out = [(face, drawing) for face, drawing in drawings if face.held_out]
    likeness = np.stack([d for _, d in kept]) @ np.stack([d for _, d in held_out]).T
    best: dict[tuple[str, str], float] = {}
    for at, other in zip(*np.nonzero(likeness > _ALIKE)):
        pair = kept[at][0].family, held_out[other][0].family
        best[pair] = max(best.get(pair, 0), float(likeness[at, other]))
    for (family, relative), value in sorted(best.items(), key=lambda entry: -entry[1]):
        print(f"{value:.3f}  {family}  is drawn like  {relative}")


if __name__ == "__main__":
    main()
