"""The mails that groups send to single people."""

from typing import Any
from uuid import UUID

from kernel.mail import queue, recipients_of
from network.groups.models import Group


def tell(person_id: UUID, template: str, group: Group, **context: Any) -> None:
    """Queue a mail about a group to somebody; nothing where she has no account to write to."""
    for recipient in recipients_of([person_id]).values():
        queue(recipient, template, {"group": group.name, "group_id": group.id, **context})
