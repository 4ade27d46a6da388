"""Pictures encoded anew: nothing a camera noted is left, and none is a bomb."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageSequence, PngImagePlugin

from kernel.errors import Refused
from kernel.files import pictures
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


def test_what_is_no_picture_stays_a_file():
    assert encoded_anew("a.pdf", "application/pdf", BytesIO(b"%PDF"), field="file") is None


COLOURS = ((200, 30, 40), (30, 60, 200), (20, 140, 60))
TIMES = [70, 500, 120]


MADE_BY = Image.Exif()
MADE_BY[ARTIST] = SECRET.decode()
TOLD = {
    "GIF": {"disposal": 2, "comment": SECRET},
    "PNG": {"disposal": 1, "exif": MADE_BY},
    "WEBP": {"exif": MADE_BY, "xmp": SECRET},
}
"""How frames follow each other, and what each form can tell of who made it."""


def moving(form):
    """A picture that moves, three times over, and tells who made it."""
    frames = []
    for number, colour in enumerate(COLOURS):
        frame = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
        frame.paste(colour, (0, 0, 10 + 10 * number, 20))
        frame.paste(colour, (0, 18, 40, 20))
        frames.append(frame)
    out = BytesIO()
    frames[0].save(
        out, form, save_all=True, append_images=frames[1:], duration=TIMES, loop=3, **TOLD[form]
    )
    return BytesIO(with_xmp(out.getvalue())) if form == "GIF" else out


def with_xmp(gif):
    """A GIF with an XMP packet as its makers put it: an application extension before the first frame."""
    packet = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    trailer = bytes([1, *range(255, -1, -1), 0])
    extension = b"!\xff\x0bXMP DataXMP" + packet + trailer
    palette = 3 * 2 ** ((gif[10] & 7) + 1) if gif[10] & 0x80 else 0
    return gif[: 13 + palette] + extension + gif[13 + palette :]


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_picture_that_moves_goes_on_moving_and_tells_nothing_else(form):
    sent = moving(form)
    assert SECRET in sent.getvalue()
    picture = encoded_anew("count", f"image/{form.lower()}", sent, field="file")
    assert SECRET not in picture.content
    assert (picture.moves, picture.width, picture.height) == (True, 40, 20)
    kept = Image.open(BytesIO(picture.content))
    assert (kept.format, kept.n_frames, kept.info["loop"]) == (form, 3, 3)
    assert not {"comment", "xmp", "exif"} & kept.info.keys()
    for number, frame in enumerate(ImageSequence.Iterator(kept)):
        shown = frame.convert("RGBA")
        assert frame.info["duration"] == TIMES[number]
        red, green, blue, covers = shown.getpixel((4, 10))
        assert covers == 255
        assert (
            max(abs(a - b) for a, b in zip((red, green, blue), COLOURS[number], strict=True)) < 12
        )
        assert shown.getpixel((38, 10))[3] == 0, "what was see-through still is"


def test_a_gif_that_stands_still_is_shown_without_its_comment():
    out = BytesIO()
    Image.new("RGB", (40, 20), COLOURS[0]).save(out, "GIF", comment=SECRET)
    picture = encoded_anew("seal.gif", "image/gif", BytesIO(with_xmp(out.getvalue())), field="file")
    assert SECRET not in picture.content
    assert not picture.moves
    assert Image.open(BytesIO(picture.content)).convert("RGB").getpixel((5, 5)) == COLOURS[0]


def test_what_a_camera_puts_behind_a_photo_does_not_keep_its_place_in():
    preview = Image.new("RGB", (4, 4), "red")
    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(
        out, "MPO", save_all=True, append_images=[preview], exif=MADE_BY
    )
    assert SECRET in out.getvalue()
    picture = encoded_anew("ink.jpg", "image/jpeg", out, field="file")
    assert (picture.moves, picture.width) == (False, 40)
    assert SECRET not in picture.content


def test_all_frames_together_have_no_more_pixels_than_one_picture_may(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 3 * 40 * 20)
    assert encoded_anew("a.gif", "image/gif", moving("GIF"), field="files").moves
    monkeypatch.setattr(pictures, "MOST_PIXELS", 3 * 40 * 20 - 1)
    with pytest.raises(Refused, match="too many pixels"):
        encoded_anew("a.gif", "image/gif", moving("GIF"), field="files")
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "MOST_FRAMES", 2)
    with pytest.raises(Refused, match="too many pixels"):
        encoded_anew("a.webp", "image/webp", moving("WEBP"), field="files")


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
