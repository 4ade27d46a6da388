"""Applications from outside, by the page and the API alike: how many, and in whose language."""

from datetime import timedelta
from typing import Any, Final

from kernel.web.languages import language
from kernel.web.limits import Limit, count, source
from network.applications import service
from network.applications.rules import Letter

FROM_ONE_SOURCE: Final = Limit("membership_application.source", 5, timedelta(hours=1))
"""Applications that may arrive from one line, by both doors together: more are no organisation's."""


def receive(data: dict[str, Any]) -> None:
    """Keep what an organisation wrote; the decision comes in the language it wrote in. Raises TooMany."""
    count(FROM_ONE_SOURCE, source())
    service.receive(Letter(**data, language=language()))
