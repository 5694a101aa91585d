"""Writes a picture down with nothing beside its points, in no more bytes than it came with where that can be.

Photos stay photos (JPEG, WEBP) and drawings stay drawings (PNG): no lossless picture becomes a lossy one.
"""

import io
from typing import Any

from PIL import Image, ImageFile, JpegImagePlugin

JPEG, PNG, WEBP = "JPEG", "PNG", "WEBP"
EXTENSIONS = {JPEG: "jpg", PNG: "png", WEBP: "webp"}
PHOTOS = {"JPEG", "MPO", "HEIF"}
LOSSY_IN_TIFF = {"jpeg", "tiff_jpeg", "webp"}
QUALITIES = (90, 85, 80)
LOWER = (70, 55, 40)  # for what was no better when it came
TRY_HARDER_BELOW = 300_000  # bytes; packing a large drawing once more takes longer than it saves


def format_for(original: Image.Image, seen: Image.Image) -> str:
    """In which format `seen` is kept, by what `original` was."""
    lossy_tiff = original.format == "TIFF" and original.info.get("compression") in LOSSY_IN_TIFF
    if original.format in PHOTOS or lossy_tiff:
        return WEBP if has_clear_parts(seen) else JPEG
    return WEBP if original.format in {"WEBP", "AVIF"} else PNG


def has_clear_parts(picture: Image.Image) -> bool:
    return picture.mode in {"LA", "RGBA"}


def without_needless(picture: Image.Image) -> Image.Image:
    """A picture that is nowhere clear needs no fourth channel."""
    if has_clear_parts(picture) and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("L" if picture.mode == "LA" else "RGB")
    return picture


def like_the_original(original: Image.Image) -> dict[str, Any]:
    """How finely a JPEG was written, so that it is written so again: finer would only take room."""
    if not isinstance(original, JpegImagePlugin.JpegImageFile) or original.mode not in {"L", "RGB"}:
        return {}
    sampling = JpegImagePlugin.get_sampling(original)
    fine = {"qtables": original.quantization}
    return fine if sampling < 0 else {**fine, "subsampling": sampling}


def written(picture: Image.Image, kind: str, original: Image.Image, *, largest: int, like: dict[str, Any]) -> bytes:
    """The bytes of `picture`; at most `largest` where that costs nothing that anybody would see."""
    ImageFile.MAXBLOCK = max(ImageFile.MAXBLOCK, 3 * picture.width * picture.height)  # JPEG is written in one go
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if kind == PNG:
        return _smallest(bare, PNG, _png_ways(picture, bare, largest), largest)
    if kind == JPEG:
        bare = bare if bare.mode in {"L", "RGB"} else bare.convert("RGB")
        ways = [*([like] if like else []), *({"quality": quality} for quality in QUALITIES)]
        return _smallest(bare, JPEG, [{"optimize": True, "progressive": True, **way} for way in ways], largest)
    qualities = (*QUALITIES, *LOWER) if original.format == WEBP else QUALITIES
    return _smallest(bare, WEBP, [{"quality": quality, "alpha_quality": 100} for quality in qualities], largest)


def written_without_loss(picture: Image.Image) -> bytes:
    """A WEBP that keeps every point, as one that came so."""
    return _smallest(Image.frombytes(picture.mode, picture.size, picture.tobytes()), WEBP, [{"lossless": True}], 0)


def _png_ways(picture: Image.Image, bare: Image.Image, largest: int) -> list[dict[str, Any]]:
    if picture.mode == "P":
        bare.putpalette(picture.getpalette("RGB") or [])
    clear = picture.info.get("transparency") if picture.mode == "P" else None
    how = {} if clear is None else {"transparency": clear}
    return [how, {**how, "optimize": True}] if largest < TRY_HARDER_BELOW else [how]


def _smallest(picture: Image.Image, kind: str, ways: list[dict[str, Any]], largest: int) -> bytes:
    """The first way that needs no more than `largest`, or else that which needs least."""
    tried: list[bytes] = []
    for way in ways:
        out = io.BytesIO()
        picture.save(out, format=kind, **way)
        tried.append(out.getvalue())
        if len(tried[-1]) <= largest:
            break
    return min(tried, key=len)
