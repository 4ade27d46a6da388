"""What services write to the audit trail, told as stories: who did what to which object, from and to.

The `DEEDS` of a feature's `test_trail.py` happen one after the other in one network, each in a transaction of
its own, and each must leave exactly the entries it tells. A contract holds these tables against the
registered actions: an action without a row fails (tests/contracts/test_words.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.audit.rules import ENCRYPTED
from kernel.db import db
from kernel.identity.actor import Actor

SEALED = "sealed"
"""Stands in a table for a personal value, which the trail keeps under its person's key."""

UNNAMED = "without a name"
"""Stands after the kind of an object that the story does not name."""

NOBODY = ""
"""Who does what follows by itself: a job, the end of a term."""

Ids = Mapping[str, UUID]
"""The ids of people and objects by the names they have in a story."""

TESTS = Path(__file__).parent


class Told(NamedTuple):
    """An entry of the trail: what was done to which object, from and to, and who did it.

    Ids in it are written as the names of what they are of. `of` names the object and begins with its kind,
    such as `topic` or `topic split off`. `about` is whose key seals the personal values.
    """

    action: str
    of: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    about: str = ""
    by: str = NOBODY


class Deed(NamedTuple):
    """What somebody does, and what the trail tells of it: one entry, and those that follow by themselves.

    The row that the deed answers with is called what it `makes`; where that is not said, what the entry is of.
    """

    by: str
    act: Callable[[Any, Ids], Any]
    action: str
    of: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    about: str = ""
    makes: str = ""
    then: Sequence[Told] = ()

    @property
    def told(self) -> list[Told]:
        """The entries it must leave."""
        return [Told(*self[2:7], by=self.by), *self.then]


class Story:
    """Lets deeds happen in one network and reads what they left."""

    def __init__(
        self,
        acting: Callable[[Actor], AbstractContextManager[None]],
        inside: Callable[[], AbstractContextManager[None]],
        reload: Callable[[UUID], Actor],
    ) -> None:
        self._acting, self._inside, self._reload = acting, inside, reload
        self._ids: dict[str, UUID] = {}
        self._seen: set[UUID] = set()

    def __call__(self, deeds: Sequence[Deed], **known: Any) -> list[tuple[list[Told], list[Told]]]:
        """The deeds whose entries are not the told ones: what should stand there, and what does.

        `known` are the people and objects that the story begins with, by their names in it.
        """
        for name, one in known.items():
            self._ids[name] = one.person_id if isinstance(one, Actor) else one.id
        self._new_entries()
        wrong = []
        for deed in deeds:
            self._happen(deed)
            found = [self._read(entry) for entry in self._new_entries()]
            if found != deed.told:
                wrong.append((deed.told, found))
        return wrong

    def _happen(self, deed: Deed) -> None:
        actor = self._reload(self._ids[deed.by]) if deed.by else None
        with self._acting(actor) if actor else self._inside():
            made = deed.act(actor, self._ids)
            db.session.flush()
            name = deed.makes or deed.of
            if made is not None and name not in self._ids:
                self._ids[name] = made.id

    def _new_entries(self) -> list[AuditEntry]:
        with self._inside():
            entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        new = [entry for entry in entries if entry.id not in self._seen]
        self._seen |= {entry.id for entry in new}
        return new

    def _read(self, entry: AuditEntry) -> Told:
        names = {str(id): name for name, id in self._ids.items()}
        name = names.get(entry.object_id, UNNAMED)
        return Told(
            entry.action,
            name if name.split()[0] == entry.object_kind else f"{entry.object_kind} {name}",
            _named(entry.before, names),
            _named(entry.after, names),
            names.get(str(entry.about_id), ""),
            names.get(str(entry.actor_id), NOBODY),
        )


def _named(value: Any, names: Mapping[str, str]) -> Any:
    """A value of an entry with names instead of ids, and a mark instead of what is sealed."""
    match value:
        case {**inner} if set(inner) == {ENCRYPTED}:
            return SEALED
        case {**inner}:
            return {key: _named(each, names) for key, each in inner.items()}
        case list():
            return [_named(each, names) for each in value]
        case str():
            return names.get(value, value)
        case _:
            return value


def told_actions() -> Iterator[str]:
    """The actions that the stories of all features tell."""
    for path in sorted(TESTS.rglob("test_trail.py")):
        module = import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts))
        for deed in getattr(module, "DEEDS", ()):
            yield from (told.action for told in deed.told)
