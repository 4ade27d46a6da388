"""Writing to the trail, inside the transaction of the change itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.audit.keys import PersonCipher, ciphers_for
from kernel.audit.models import AuditEntry
from kernel.audit.rules import ENCRYPTED, changes, encrypted
from kernel.db import Base, db, own_transaction
from kernel.identity.actor import Actor
from kernel.identity.models import Person


@dataclass(frozen=True)
class Done:
    """What was done to one record; the fields are those of `record`."""

    subject: Base
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    personal: Collection[str] = ()
    about: UUID | None = None
    label: str | None = None

    @property
    def whose(self) -> UUID | None:
        """Whose key seals what is personal."""
        return self.subject.id if isinstance(self.subject, Person) else self.about


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
    record_each(actor, action, [Done(subject, before, after, personal, about, label)])


def record_each(actor: Actor | None, action: str, done: Sequence[Done]) -> None:
    """Add what was just done to each of several records, as `record` does for one.

    It costs as many statements for many as for one. Raises as `record` does.
    """
    db.session.flush()  # the subjects have their ids only now
    ciphers = ciphers_for({each.whose for each in done if each.whose is not None})
    for each in done:
        old, new = changes(each.before, each.after)
        entry = AuditEntry(
            actor_id=actor.person_id if actor else None,
            action=action,
            object_kind=each.subject.__tablename__,
            object_id=str(getattr(each.subject, "id", "")),
            object_label=_label(each.subject) if each.label is None else each.label,
            about_id=each.whose,
            before=old,
            after=new,
        )
        if each.whose is not None:
            _encrypt(entry, ciphers[each.whose], frozenset(each.personal))
        elif each.personal:
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


def _encrypt(entry: AuditEntry, cipher: PersonCipher, personal: frozenset[str]) -> None:
    if entry.object_label:
        entry.object_label = f"{ENCRYPTED}:{cipher.encrypt(entry.object_label)}"
    entry.before = encrypted(entry.before, personal, cipher.encrypt)
    entry.after = encrypted(entry.after, personal, cipher.encrypt)


def _label(subject: Base) -> str:
    return str(getattr(subject, "title", None) or getattr(subject, "name", None) or "")
