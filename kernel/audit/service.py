"""Writing to the trail, inside the transaction of the change itself."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.audit.keys import cipher_for
from kernel.audit.models import AuditEntry
from kernel.audit.rules import ENCRYPTED, changes, encrypted
from kernel.db import Base, db, own_transaction
from kernel.identity.actor import Actor
from kernel.identity.models import Person


def record(
    actor: Actor | None,
    action: str,
    subject: Base,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    personal: Collection[str] = (),
    about: UUID | None = None,
    label: str | None = None,
) -> None:
    """Add what was just done to the trail; it is kept or rolled back with the change.

    `action` is an object and a verb in the past, for example `topic.created`. `subject` is the record that
    changed; its `title` or `name` is its label unless `label` says otherwise. Of `before` and `after`
    only what differs is kept. The values named in `personal`, and the label, are encrypted under the
    key of the person they are `about`; a subject that is a person is about herself. `actor` is None
    for the operator's command line and for the service itself.

    Raises ValueError when values are called personal without saying whose they are.
    """
    db.session.flush()  # the subject has its id only now
    if isinstance(subject, Person):
        about = subject.id
    old, new = changes(before, after)
    entry = AuditEntry(
        actor_id=actor.person_id if actor else None,
        action=action,
        object_kind=subject.__tablename__,
        object_id=str(getattr(subject, "id", "")),
        object_label=_label(subject) if label is None else label,
        about_id=about,
        before=old,
        after=new,
    )
    if about is not None:
        _encrypt(db.session(), entry, about, frozenset(personal))
    elif personal:
        raise ValueError(f"{action} has personal values and does not say whose they are")
    db.session.add(entry)


def record_refusal(actor: Actor, action: str, *, kind: str, object_id: str = "") -> None:
    """Add an attempt that was refused, in a transaction of its own: the request itself is rolled back."""
    with own_transaction() as session:
        session.add(
            AuditEntry(
                actor_id=actor.person_id,
                action=action,
                object_kind=kind,
                object_id=object_id,
                object_label="",
            )
        )


def _encrypt(session: Session, entry: AuditEntry, about: UUID, personal: frozenset[str]) -> None:
    cipher = cipher_for(session, about)
    if entry.object_label:
        entry.object_label = f"{ENCRYPTED}:{cipher.encrypt(entry.object_label)}"
    entry.before = encrypted(entry.before, personal, cipher.encrypt)
    entry.after = encrypted(entry.after, personal, cipher.encrypt)


def _label(subject: Base) -> str:
    return str(getattr(subject, "title", None) or getattr(subject, "name", None) or "")
