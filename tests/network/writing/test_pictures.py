"""Pictures in posts: shown to who sees the post, as we encoded them; other files are downloads."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from tests.factories.network import make_topic
from tests.kernel.files.test_pictures import SECRET, photo


@pytest.fixture
def topic(inside, cast):
    """A topic with a photo and a note."""
    files = [
        FileStorage(photo(), "ink.jpg"),
        FileStorage(io.BytesIO(b"Notes (fictional)."), "notes.txt"),
    ]
    with inside():
        return make_topic(cast.chair, cast.group, files=files)


def pictures(page):
    return [image for image in page.document.iter("img") if "/files/" in image.get("src", "")]


def test_a_picture_is_shown_upright_without_what_the_camera_noted(browser_for, cast, topic):
    browser = browser_for(cast.member)
    (image,) = pictures(browser.get(f"/network/discussions/{topic.id}"))
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("20", "40", "ink.jpg")
    answer = browser.get(image.get("src")).response
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "image/jpeg"
    assert SECRET not in answer.data
    download = browser.get(image.get("src").removesuffix("/picture")).response
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert SECRET not in download.data
    again = browser.get(image.get("src"), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.response.data) == (304, b"")


def test_a_picture_is_seen_by_who_sees_its_post(browser_for, cast, topic):
    (image,) = pictures(browser_for(cast.member).get(f"/network/discussions/{topic.id}"))
    assert browser_for(cast.stranger).get(image.get("src")).status == 404


def test_what_we_did_not_encode_is_never_shown_within_a_page(browser_for, cast, topic):
    browser = browser_for(cast.member)
    note = browser.get(f"/network/discussions/{topic.id}").links()["notes.txt"]
    assert browser.get(f"{note}/picture").status == 404


def test_a_broken_picture_is_refused_and_the_text_kept(browser_for, cast, topic):
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/{topic.id}")
    broken = (io.BytesIO(photo().getvalue()[:150]), "ink.jpg")
    answer = browser.submit(page, "Post the answer", body="Look", files=broken)
    assert answer.status == 422
    assert answer.errors == ["ink.jpg cannot be opened as a picture. Save it again and choose it."]
    assert "Look" in answer.text
