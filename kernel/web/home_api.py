"""What waits for the person who asks, by the JSON API: the same things in the same order as on the page."""

from typing import Any

from kernel.fields import DateTime, Integer, Schema, Text
from kernel.questions.waiting import waiting_for
from kernel.values import clock
from kernel.web.routes import SIGNED_IN, Api
from kernel.web.visitors import actor

api = Api("waiting", __name__, url_prefix="/waiting", description="What waits for you")


class WaitingOutput(Schema):
    """One thing that waits; `url` is the page where it is done, and `count` how many it stands for."""

    module = Text()
    kind = Text()
    text = Text()
    about = Text()
    url = Text()
    due = DateTime()
    count = Integer()


@api.endpoint("", permission=SIGNED_IN)
@api.response(200, WaitingOutput(many=True))
def list_waiting() -> list[dict[str, Any]]:
    """What waits for you, by module, the most urgent first."""
    return [
        {
            "module": group.module,
            "kind": each.kind,
            "text": each.text,
            "about": each.about,
            "url": each.url,
            "due": each.due,
            "count": each.count,
        }
        for group in waiting_for(actor(), clock.now())
        for each in group.items
    ]
