"""Pictures encoded anew: what a camera noted of place, time and owner is gone, and so is anything hidden.

Only such a picture is ever shown within a page; every other file is a download. So is one that moves:
what starts by itself would need a button that stops it.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO, Final

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from kernel.errors import N_, Refused

LONGEST_SIDE: Final = 2000
"""Pixels; a larger picture is made smaller."""
MOST_PIXELS: Final = 50_000_000
"""What is decoded at all, of all frames together: a few bytes can stand for what fills the memory."""
MOST_FRAMES: Final = 1000
QUALITY: Final = 85

_FORMATS: Final = {
    "image/gif": "GIF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
}
_DAMAGED = (
    UnidentifiedImageError,
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for a picture that is none, or a broken one."""


@dataclass(frozen=True)
class Picture:
    """An encoded picture; its sides in pixels."""

    content: bytes
    width: int
    height: int
    moves: bool


@dataclass(frozen=True)
class _Frame:
    """One picture of those that make up a moving one, shown for so many milliseconds."""

    image: Image.Image
    duration: float


class _TooManyPixels(Exception):
    """More than is decoded."""


def encoded_anew(name: str, media_type: str, stream: BinaryIO, *, field: str) -> Picture | None:
    """The picture alone, upright and at most 2,000 pixels long; None for what is no picture.

    One that moves keeps its frames, their times and how often it repeats. Raises Refused (naming the
    form's field) for one that is broken or has too many pixels to be decoded safely.
    """
    form = _FORMATS.get(media_type)
    if form is None:
        return None
    stream.seek(0)
    try:
        with Image.open(stream, formats=[form]) as image:
            return _encoded(list(_frames(image, form)), form, image.info.get("loop"))
    except (Image.DecompressionBombError, _TooManyPixels):
        raise Refused(
            N_("%(name)s has too many pixels. Make it smaller, or send it as a PDF."),
            field=field,
            name=name,
        ) from None
    except _DAMAGED:
        raise Refused(
            N_("%(name)s cannot be opened as a picture. Save it again and choose it."),
            field=field,
            name=name,
        ) from None
    finally:
        stream.seek(0)


def _frames(image: Image.Image, form: str) -> Iterator[_Frame]:
    """Every frame; of a JPEG the first, behind which cameras put previews and depths."""
    left = MOST_PIXELS
    most = 1 if form == "JPEG" else MOST_FRAMES + 1
    for number, frame in enumerate(islice(ImageSequence.Iterator(image), most)):
        left -= frame.width * frame.height
        if left < 0 or number == MOST_FRAMES:
            raise _TooManyPixels
        frame.load()
        yield _Frame(_plain(frame, form), frame.info.get("duration", 0))


def _plain(frame: Image.Image, form: str) -> Image.Image:
    """The pixels and nothing else: comments and profiles in `info` would be written again."""
    upright = ImageOps.exif_transpose(frame)
    plain = upright.convert("RGBA" if form != "JPEG" and _sees_through(upright) else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.info.clear()
    return plain


def _sees_through(image: Image.Image) -> bool:
    """Whether any pixel does: a GIF that moves names a colour for it, and often no frame has one."""
    if not image.has_transparency_data:
        return False
    least, _ = image.convert("RGBA").getchannel("A").getextrema()
    return bool(least != 255)


def _encoded(frames: list[_Frame], form: str, loop: int | None) -> Picture:
    first, *others = [frame.image for frame in frames]
    options: dict[str, Any] = {"quality": QUALITY, "optimize": True}
    if others:
        options |= {
            "save_all": True,
            "append_images": others,
            "duration": [frame.duration for frame in frames],
        }
        if loop is not None:
            options["loop"] = loop
        if form == "GIF" and any(frame.mode == "RGBA" for frame in (first, *others)):
            options["disposal"] = 2  # else what was there stays seen through the next
    out = BytesIO()
    first.save(out, form, **options)
    return Picture(out.getvalue(), first.width, first.height, moves=bool(others))
