"""The mails that groups send to some of their people."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from kernel.mail import queue, recipients_of
from network.groups import queries


def tell(person_ids: Iterable[UUID], template: str, group_id: UUID, **context: Any) -> None:
    """Queue a mail about a group to each of the people who has an account to write to."""
    recipients = recipients_of(list(person_ids)).values()
    if recipients:
        about = {"group": queries.name_of(group_id), "group_id": group_id}
        for recipient in recipients:
            queue(recipient, template, {**about, **context})
