"""What happens to a screenshot on its way: scaled, photographed, compressed."""

import io

import numpy
from PIL import Image, ImageFilter

EFFECTS = ["clean"] * 9 + ["up", "down", "blur", "jpeglow", "webplow", "lowcontrast", "noise", "rotate", "photo"]


def apply(random, image, masks):
    """The effect's name, the picture, and the masks of the keys moved with it."""
    effect = random.choice(EFFECTS)
    if effect in ("up", "down"):
        factor = random.uniform(1.1, 1.6) if effect == "up" else random.uniform(0.75, 0.92)
        size = (round(image.width * factor), round(image.height * factor))
        return effect, factor, image.resize(size, random.choice([Image.BILINEAR, Image.BICUBIC, Image.LANCZOS])), [mask.resize(size, Image.BILINEAR) for mask in masks]
    if effect == "blur":
        return effect, 1, image.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 0.9))), masks
    if effect == "lowcontrast":
        middle = Image.new("RGB", image.size, image.getpixel((1, 1)))
        return effect, 1, Image.blend(middle, image, random.uniform(0.25, 0.5)), masks
    if effect == "noise":
        pixels = numpy.asarray(image, dtype=float) + numpy.random.default_rng(random.getrandbits(32)).normal(0, random.uniform(4, 12), (*image.size[::-1], 3))
        return effect, 1, Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8)), masks
    if effect == "rotate":
        angle, ground = random.uniform(-2.2, 2.2), image.getpixel((1, 1))
        return effect, 1, image.rotate(angle, Image.BICUBIC, True, fillcolor=ground), [mask.rotate(angle, Image.BILINEAR, True) for mask in masks]
    if effect == "photo":
        return _photographed(random, image, masks)
    return effect, 1, image, masks


def _photographed(random, image, masks):
    """A screen seen a little from the side, lit unevenly, out of focus, with the noise of a camera."""
    factor = random.uniform(1.4, 2.0)
    width, height = round(image.width * factor), round(image.height * factor)
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    moved = [(x + random.uniform(-0.012, 0.012) * width, y + random.uniform(-0.02, 0.02) * height) for x, y in corners]
    equations = []
    for (x, y), (u, v) in zip(corners, moved):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    coefficients = numpy.linalg.solve(numpy.array(equations, float), numpy.array(moved, float).reshape(8))

    def seen(picture):
        return picture.resize((width, height), Image.BICUBIC).transform((width, height), Image.PERSPECTIVE, coefficients, Image.BICUBIC)

    light = numpy.linspace(random.uniform(0.75, 1), random.uniform(0.75, 1), width)[None, :, None] * numpy.linspace(random.uniform(0.8, 1), 1, height)[:, None, None]
    pixels = numpy.asarray(seen(image).filter(ImageFilter.GaussianBlur(random.uniform(0.6, 1.1))), float) * light + random.uniform(0, 20)
    pixels += numpy.random.default_rng(random.getrandbits(32)).normal(0, 4, pixels.shape)
    return "photo", factor, Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8)), [seen(mask) for mask in masks]


def encoded(random, effect, image):
    """The file's format, quality and bytes."""
    kind = "JPEG" if effect in ("jpeglow", "photo") else "WEBP" if effect == "webplow" else random.choices(["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"], [45, 30, 12, 5, 4, 4])[0]
    low = effect in ("jpeglow", "webplow")
    quality = random.randint(45, 65) if low else random.randint(75, 95)
    options = {"JPEG": {"quality": quality, "progressive": random.random() < 0.3}, "WEBP": {"quality": quality, "lossless": not low and random.random() < 0.3}}.get(kind, {})
    out = io.BytesIO()
    image.save(out, kind, **options)
    return kind, quality if kind in ("JPEG", "WEBP") else None, out.getvalue()
