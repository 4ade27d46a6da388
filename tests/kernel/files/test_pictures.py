"""Pictures encoded anew: nothing a camera noted is left, and none is a bomb."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from kernel.errors import Refused
from kernel.files.pictures import LONGEST_SIDE, encoded_anew

GPS, ORIENTATION, ARTIST, TURNED = 0x8825, 0x0112, 0x013B, 6
SECRET = b"Malakai Fictional"


def photo(size=(40, 20), form="JPEG"):
    """A picture as a camera makes it: where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[ARTIST] = SECRET.decode()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(GPS).update({1: "S", 2: (18.0, 8.0, 30.0), 3: "E", 4: (178.0, 26.0, 0.0)})
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.save(out, form, exif=exif, comment=SECRET, xmp=SECRET)
    return out


def test_the_photo_of_these_tests_tells_where_it_was_taken():
    content = photo()
    assert SECRET in content.getvalue()
    assert Image.open(content).getexif().get_ifd(GPS)[2] == (18.0, 8.0, 30.0)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_place_author_and_comments_are_gone_and_the_picture_is_upright(form):
    picture = encoded_anew("ink", f"image/{form.lower()}", photo(form=form), field="file")
    assert SECRET not in picture.content
    assert (picture.width, picture.height) == (20, 40)
    shown = Image.open(BytesIO(picture.content))
    assert (shown.format, shown.size) == (form, (20, 40))
    assert not shown.getexif()
    red, _, blue = shown.convert("RGB").getpixel((10, 2))
    assert blue > red, "the left half of the sensor is the top now"


def test_texts_within_a_png_are_gone():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", SECRET.decode())
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG", pnginfo=texts)
    picture = encoded_anew("seal.png", "image/png", out, field="file")
    assert SECRET not in picture.content
    assert Image.open(BytesIO(picture.content)).getpixel((0, 0))[3] == 0, "still see-through"


def test_a_large_picture_is_made_smaller_in_proportion():
    picture = encoded_anew("map.jpg", "image/jpeg", photo((4000, 1000)), field="file")
    assert (picture.width, picture.height) == (LONGEST_SIDE // 4, LONGEST_SIDE)


def test_what_moves_or_is_no_picture_stays_a_file():
    out = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert encoded_anew("a.webp", "image/webp", out, field="file") is None
    assert encoded_anew("a.gif", "image/gif", BytesIO(b"GIF89a"), field="file") is None
    assert encoded_anew("a.pdf", "application/pdf", BytesIO(b"%PDF"), field="file") is None


def bomb(side):
    """A few bytes that stand for a picture of `side` times `side` pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(side):
    with pytest.raises(Refused, match="too many pixels"):
        encoded_anew("a.png", "image/png", BytesIO(bomb(side)), field="files")


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 no picture", b"", photo().getvalue()[:200]])
def test_a_broken_picture_is_refused_in_words(content):
    with pytest.raises(Refused, match="cannot be opened as a picture") as refused:
        encoded_anew("a.jpg", "image/jpeg", BytesIO(content), field="files")
    assert refused.value.field == "files"
