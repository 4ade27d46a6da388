"""Pictures encoded anew: what a camera noted of place, time and owner is gone, and so is anything hidden.

Only such a picture is ever shown within a page; every other file is a download.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from kernel.errors import N_, Refused

LONGEST_SIDE: Final = 2000
"""Pixels; a larger picture is made smaller."""
MOST_PIXELS: Final = 50_000_000
"""What is decoded at all: a few bytes can stand for a picture that fills the memory."""
QUALITY: Final = 85

_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, zlib.error)
"""What Pillow raises for a picture that is none, or a broken one."""


@dataclass(frozen=True)
class Picture:
    """An encoded picture; its sides in pixels."""

    content: bytes
    width: int
    height: int


def encoded_anew(name: str, media_type: str, stream: BinaryIO, *, field: str) -> Picture | None:
    """The picture alone, upright and at most 2,000 pixels long; None for what stays a file.

    Files stay: all that is no picture, GIFs, and pictures that move. Raises Refused (naming the form's
    field) for one that is broken or has too many pixels to be decoded safely.
    """
    form = _FORMATS.get(media_type)
    if form is None:
        return None
    stream.seek(0)
    try:
        with Image.open(stream, formats=[form]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_many(name, field)
            if getattr(image, "n_frames", 1) > 1:
                return None
            return _encoded(image, form)
    except Image.DecompressionBombError:
        raise _too_many(name, field) from None
    except _DAMAGED:
        raise Refused(
            N_("%(name)s cannot be opened as a picture. Save it again and choose it."),
            field=field,
            name=name,
        ) from None
    finally:
        stream.seek(0)


def _encoded(image: Image.Image, form: str) -> Picture:
    upright = ImageOps.exif_transpose(image)
    see_through = upright.has_transparency_data and form != "JPEG"
    plain = upright.convert("RGBA" if see_through else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.info.clear()  # comments and profiles would be written again
    out = BytesIO()
    plain.save(out, form, quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), plain.width, plain.height)


def _too_many(name: str, field: str) -> Refused:
    return Refused(
        N_("%(name)s has too many pixels. Make it smaller, or send it as a PDF."),
        field=field,
        name=name,
    )
