"""What stands beside the box a post is written in."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kernel.web import Pages
from network.permissions import NetworkPermission as May
from network.writing.rules import LONGEST, language_of

pages = Pages(
    "writing",
    __name__,
    url_prefix="/network/writing",
    section="network",
    known_to=May.TOPICS_WRITE,
)


@pages.action("/preview", permission=May.TOPICS_WRITE)
def preview() -> ResponseReturnValue:
    """What is typed, as it will look: a part of a page, for the tab beside the text."""
    body = request.form.get("body", "")[:LONGEST]
    language = language_of(request.form.get("language", ""))
    return render_template("network/writing/preview.html", body=body, language=language)
