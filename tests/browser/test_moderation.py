"""Reporting and deciding in two browsers, and the pages of moderation on a screen and on a phone."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect
from werkzeug.datastructures import FileStorage

from tests.browser.people import People
from tests.browser.steps import follow, look_at, press, read
from tests.factories import Factory
from tests.factories.network import make_group, make_topic


@pytest.fixture
def cast(factory: Factory) -> dict[str, Any]:
    """A chair, somebody who writes and somebody who reads."""
    return {
        "administrator": factory.actor("Nia Fictional", roles=["network_administrator"]),
        "chair": factory.actor("Ama Fictional"),
        "writer": factory.actor("Noa Fictional"),
        "reader": factory.actor("Rita Fictional"),
    }


def test_one_reports_and_the_chair_hides_with_a_reason_the_author_reads(
    people: People, cast: dict[str, Any], inside: Any
) -> None:
    photo = BytesIO()
    Image.new("RGB", (640, 320), "navy").save(photo, "JPEG")
    with inside():
        members = [cast["writer"], cast["reader"]]
        group = make_group(cast["administrator"], cast["chair"], members, name="Small states")
        topic = make_topic(cast["writer"], group, files=[FileStorage(photo, "ink.jpg")])
    address = f"/network/discussions/{topic.id}"
    reader, chair = people.page(cast["reader"]), people.page(cast["chair"], width=390)
    look_at(people, reader, address, "post-with-picture")
    expect(reader.get_by_role("img", name="ink.jpg")).to_be_visible()
    reader.get_by_text("More", exact=True).first.click()
    follow(reader, "Report")
    look_at(people, reader, reader.url, "report")
    reader.get_by_label("It says what should stay confidential").check()
    press(reader, "Report")
    read(reader, "The moderators were told.")
    look_at(people, chair, "/network/moderation", "queue")
    follow(chair, "Look and decide Indelible ink · Noa Fictional")
    look_at(people, chair, chair.url, "decide")
    chair.get_by_label("Reason for hiding it").fill("It names a voter.")
    press(chair, "Hide the post")
    read(chair, "Nothing waits")
    writer = people.page(cast["writer"], lang="ar", theme="dark")
    look_at(people, writer, address, "hidden-ar-dark")
    read(writer, "It names a voter.")
    settings = people.page(cast["administrator"], width=390)
    look_at(people, settings, "/network/moderation/settings", "settings")
