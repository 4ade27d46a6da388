"""The mails that groups send to some of their people.

They are the same for a group whose mails carry no content: nothing of its topics, posts, files or items
stands in them. They name the group, for nobody can answer an invitation into a group without a name, and
hold what one person wrote to the other about joining: why she asks, how she is invited, why she is
declined.
"""

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
