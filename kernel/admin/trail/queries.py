"""Reading the trail: narrowed, newest first, personal values made readable where their key still exists."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from kernel.audit.keys import PersonCipher, ciphers_of
from kernel.audit.models import AuditEntry, AuditSeal
from kernel.audit.rules import ENCRYPTED
from kernel.db import db
from kernel.identity.models import Person
from kernel.values.paging import Page, pages_of
from kernel.values.periods import end_of_day
from kernel.values.sorting import sort_key

PAGE = 50
EXPORTED = 50_000
ONE_DAY = timedelta(days=1)
ERASED = None
"""Stands for a personal value whose key was destroyed."""


@dataclass(frozen=True)
class EntriesWanted:
    """How the trail is narrowed; `first` and `last` are days in `zone`, both included."""

    zone: str
    actor: str | None = None
    action: str | None = None
    object: str | None = None
    first: date | None = None
    last: date | None = None
    page: int = 1


@dataclass(frozen=True)
class Change:
    """One value that changed; None on one side where there was none, on both where it was erased."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EntryLine:
    """An entry as it is read. `actor` is None where the service itself or the operator acted."""

    id: UUID
    at: datetime
    actor: str | None
    action: str
    object_kind: str
    object_id: str
    object_label: str
    changes: tuple[Change, ...]
    sealed: bool
    erased: bool
    """Whether what was done concerned somebody whose name and values nobody can read any more."""


def entries(wanted: EntriesWanted) -> Page[EntryLine]:
    """One page of the trail, newest first; a number beyond the last gives the last."""
    found = select(AuditEntry.id).outerjoin(Person, _ACTOR).where(*_conditions(wanted))
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = pages_of(total, PAGE)
    page = min(wanted.page, pages)
    lines = _lines(_wanted(wanted).limit(PAGE).offset((page - 1) * PAGE))
    return Page(lines, total, page, pages)


def entries_to_export(wanted: EntriesWanted) -> list[EntryLine]:
    """All of the entries found, newest first; one more than `EXPORTED` where there are too many."""
    return _lines(_wanted(wanted).limit(EXPORTED + 1))


_ACTOR = and_(Person.tenant_id == AuditEntry.tenant_id, Person.id == AuditEntry.actor_id)
_SEALED = and_(AuditSeal.tenant_id == AuditEntry.tenant_id, AuditSeal.entry_id == AuditEntry.id)


def _wanted(wanted: EntriesWanted) -> Select[AuditEntry, str, UUID]:
    return (
        select(AuditEntry, Person.name.label("actor"), AuditSeal.id.label("seal"))
        .outerjoin(Person, _ACTOR)
        .outerjoin(AuditSeal, _SEALED)
        .where(*_conditions(wanted))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )


def _conditions(wanted: EntriesWanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.actor:
        conditions.append(Person.sort_key.contains(sort_key(wanted.actor), autoescape=True))
    if wanted.action:
        conditions.append(AuditEntry.action.startswith(wanted.action.lower(), autoescape=True))
    if wanted.object:
        conditions.append(
            or_(
                AuditEntry.object_kind == wanted.object.lower(),
                AuditEntry.object_id == wanted.object,
                AuditEntry.object_label.icontains(wanted.object, autoescape=True),
            )
        )
    if wanted.first:
        conditions.append(AuditEntry.at >= end_of_day(wanted.first - ONE_DAY, wanted.zone))
    if wanted.last:
        conditions.append(AuditEntry.at < end_of_day(wanted.last, wanted.zone))
    return conditions


def _lines(statement: Select[AuditEntry, str, UUID]) -> list[EntryLine]:
    rows = db.session.execute(statement).all()
    ciphers = ciphers_of({row.AuditEntry.about_id for row in rows if row.AuditEntry.about_id})
    return [
        _line(row.AuditEntry, row.actor, row.seal is not None, ciphers.get(row.AuditEntry.about_id))
        for row in rows
    ]


def _line(
    entry: AuditEntry, actor: str | None, sealed: bool, cipher: PersonCipher | None
) -> EntryLine:
    label = _label(entry.object_label, cipher)
    return EntryLine(
        entry.id,
        entry.at,
        actor,
        entry.action,
        entry.object_kind,
        entry.object_id,
        label or "",
        _changes(entry, cipher),
        sealed,
        erased=label is None or (entry.about_id is not None and cipher is None),
    )


def _label(label: str, cipher: PersonCipher | None) -> str | None:
    """What was changed; None when it cannot be read any more."""
    marker, _, token = label.partition(":")
    return _decrypted(token, cipher) if marker == ENCRYPTED else label


def _changes(entry: AuditEntry, cipher: PersonCipher | None) -> tuple[Change, ...]:
    before, after = entry.before or {}, entry.after or {}
    return tuple(
        Change(name, _readable(before.get(name), cipher), _readable(after.get(name), cipher))
        for name in sorted(before.keys() | after.keys())
    )


def _readable(value: Any, cipher: PersonCipher | None) -> Any:
    if isinstance(value, Mapping) and value.keys() == {ENCRYPTED}:
        text = _decrypted(value[ENCRYPTED], cipher)
        return ERASED if text is None else json.loads(text)
    return value


def _decrypted(token: str, cipher: PersonCipher | None) -> str | None:
    """The text, or None when its key, or the one it was made with, is gone."""
    return cipher.read(token) if cipher else None
