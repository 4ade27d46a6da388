"""What is sent to report posts and to decide on them, and what is answered."""

from kernel.errors import N_
from kernel.fields import Integer, Schema
from network.moderation.rules import MOST_HELD


class PolicyInput(Schema):
    """Whose first posts wait."""

    first_posts_held = Integer(
        label=N_("First posts of a new member that wait for a moderator"),
        hint=N_("0 to 20. With 0, nobody’s posts wait."),
        required=True,
        min=0,
        max=MOST_HELD,
    )


class PolicyOutput(PolicyInput):
    """What was decided; `version` goes into If-Match."""

    version = Integer()
