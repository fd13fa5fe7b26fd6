"""What happens to a picture of text between the screen and the file: scaling, blur, compression, photographs of screens."""

import io
import random

import cv2
import numpy as np
from PIL import Image

_INTERPOLATIONS = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4, cv2.INTER_AREA)
# Below this many pixels of em even a person cannot tell the characters of a key apart.
_LEAST_EM = 8.6


def degrade(gray: np.ndarray, em: float, rng: random.Random) -> tuple[np.ndarray, float]:
    """The picture after some mishaps, and the scale it now has."""
    scale = 1.0
    photo = em >= 13 and rng.random() < 0.08
    if rng.random() < 0.14:
        gray = _with_less_contrast(gray, rng)
    if rng.random() < 0.22:
        gray = cv2.LUT(gray, (np.linspace(0, 1, 256) ** rng.uniform(0.6, 1.7) * 255).astype(np.uint8))
    if photo:
        gray = _photographed(gray, rng)
    for _ in range(1 + (rng.random() < 0.15)):
        if photo or rng.random() < 0.30:
            gray, factor = _rescaled(gray, em * scale, rng)
            scale *= factor
    if photo or rng.random() < 0.2:
        gray = _blurred(gray, em * scale, rng)
    if photo or rng.random() < 0.07:
        noise = np.random.RandomState(rng.randrange(1 << 31)).normal(0, rng.uniform(1.5, 9), gray.shape)
        gray = np.clip(gray + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.06:
        amount = rng.uniform(0.15, 0.35)
        gray = cv2.filter2D(gray, -1, np.array([[0, -amount, 0], [-amount, 1 + 4 * amount, -amount], [0, -amount, 0]], np.float32))
    return _compressed(gray, em * scale, photo, rng), scale


def _with_less_contrast(gray, rng):
    middle = float(np.median(gray))
    return np.clip(middle + (gray.astype(np.float32) - middle) * rng.uniform(0.15, 0.7), 0, 255).astype(np.uint8)


def _photographed(gray, rng):
    """Moiré of the screen's pixels, uneven light, a reflection."""
    height, width = gray.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    period, phase = rng.uniform(2.2, 5.0), rng.uniform(0, 6.3)
    light = 1 + rng.uniform(0, 0.09) * np.sin(6.283 * x / period + phase)
    light += rng.uniform(0, 0.09) * np.sin(6.283 * (y + rng.uniform(-0.1, 0.1) * x) / (period * rng.uniform(0.9, 1.1)))
    light += rng.uniform(-0.15, 0.15) * (x / width - 0.5)
    reflection = rng.uniform(0, 35) * np.exp(-((x - width * rng.random()) / (width * 0.4 + 1)) ** 2)
    return np.clip(gray * light + reflection, 0, 255).astype(np.uint8)


def _rescaled(gray, em, rng):
    factor = rng.uniform(0.6, 1.0) if rng.random() < 0.5 else rng.uniform(1.0, 2.0)
    if em * factor < _LEAST_EM:
        factor = max(1.0, _LEAST_EM / em)
    size = max(8, round(gray.shape[1] * factor)), max(8, round(gray.shape[0] * factor))
    return cv2.resize(gray, size, interpolation=rng.choice(_INTERPOLATIONS)), factor


def _blurred(gray, em, rng):
    amount = rng.uniform(0.3, 0.95) * (0.75 if em < 12 else 1.0 if em < 20 else 1.5)
    if rng.random() < 0.15:  # A hand that moved.
        size = 3 if em < 18 else 5
        kernel = np.zeros((size, size), np.float32)
        kernel[size // 2, :] = 1 / size
        return cv2.filter2D(gray, -1, kernel if rng.random() < 0.5 else kernel.T)
    return cv2.GaussianBlur(gray, (0, 0), amount)


def _compressed(gray, em, photo, rng):
    kind = rng.random()
    worst = 30 if em >= 13 else 45
    if photo or kind < 0.34:
        return _encoded(gray, ".jpg", cv2.IMWRITE_JPEG_QUALITY, rng.randint(worst, 95))
    if kind < 0.42:
        return _encoded(gray, ".webp", cv2.IMWRITE_WEBP_QUALITY, rng.randint(worst, 95))
    if kind < 0.46:
        return _dithered(gray, rng)
    return gray


def _encoded(gray, extension, option, quality):
    # Eight rows and columns are the block of JPEG; where the blocks start is chance.
    return cv2.imdecode(cv2.imencode(extension, gray, [option, quality])[1], cv2.IMREAD_GRAYSCALE)


def _dithered(gray, rng):
    """As a GIF with few colours keeps it."""
    picture = Image.fromarray(gray).convert("RGB").quantize(
        rng.choice((4, 6, 8, 16, 32)), method=Image.Quantize.MEDIANCUT,
        dither=Image.Dither.FLOYDSTEINBERG if rng.random() < 0.6 else Image.Dither.NONE)
    if rng.random() < 0.3:  # A palette made for another picture.
        buffer = io.BytesIO()
        Image.fromarray(gray).convert("P", palette=Image.Palette.WEB).save(buffer, "GIF")
        picture = Image.open(buffer)
    return np.asarray(picture.convert("L"))
