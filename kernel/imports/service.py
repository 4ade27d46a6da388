"""Keeping a file until it is confirmed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import delete, select

from kernel.db import db
from kernel.documents.importing import Report
from kernel.documents.tables import Table, read_table
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from kernel.imports.models import KeptImport
from kernel.jobs import job
from kernel.values import clock
from kernel.values.outcomes import Outcome

KEPT_FOR = timedelta(days=2)
"""How long a file waits for its confirmation: it may hold personal data."""

Guess = Callable[[Table], Mapping[str, int]]


@dataclass(frozen=True)
class ImportResult:
    """How many records an import created, updated and left unchanged, and what its author should know."""

    created: int
    updated: int
    unchanged: int
    notes: tuple[str, ...] = ()


def result_of(outcomes: Iterable[Outcome], report: Report) -> ImportResult:
    """Sum up what the rows of a file do, or did."""
    counted = Counter(outcomes)
    return ImportResult(
        created=counted[Outcome.CREATED],
        updated=counted[Outcome.UPDATED],
        unchanged=counted[Outcome.UNCHANGED],
        notes=tuple(
            gettext("Row %(row)s: %(note)s", row=note.row, note=note.text) for note in report.notes
        ),
    )


def keep(
    actor: Actor,
    kind: str,
    file_name: str,
    content: bytes,
    guess: Guess,
    *,
    subject_id: UUID | None = None,
) -> KeptImport:
    """Keep a file in the place of the person's earlier one of that kind, its columns guessed.

    Raises Refused when the file cannot be read as a table.
    """
    mapping = guess(read_table(content))
    db.session.execute(
        delete(KeptImport).where(
            KeptImport.person_id == actor.person_id,
            KeptImport.kind == kind,
            KeptImport.subject_id.is_not_distinct_from(subject_id),
        )
    )
    kept = KeptImport(
        person_id=actor.person_id,
        kind=kind,
        subject_id=subject_id,
        file_name=file_name,
        content=content,
        mapping=dict(mapping),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def kept_import(
    actor: Actor, kind: str, import_id: UUID, *, subject_id: UUID | None = None
) -> KeptImport:
    """The person's own file of that kind and subject. Raises NotFound when it is not kept (any more)."""
    kept = db.session.scalars(
        select(KeptImport).where(
            KeptImport.id == import_id,
            KeptImport.person_id == actor.person_id,
            KeptImport.kind == kind,
            KeptImport.subject_id.is_not_distinct_from(subject_id),
        )
    ).one_or_none()
    if kept is None:
        raise NotFound(N_("This file is not kept any more. Upload it again."))
    return kept


def choose_columns(kept: KeptImport, mapping: Mapping[str, int]) -> None:
    """Read each field from the column the person chose.

    Raises Refused when one column is chosen for two fields or is not in the file.
    """
    width = len(read_table(kept.content).headers)
    for name, position in mapping.items():
        if not 0 <= position < width:
            raise Refused(N_("Choose one of the columns of the file."), field=name)
        if list(mapping.values()).count(position) > 1:
            raise Refused(N_("Choose a different column for each field."), field=name)
    kept.mapping = dict(mapping)


def discard(kept: KeptImport) -> None:
    """Keep the file no longer; it was confirmed."""
    db.session.delete(kept)


def require_good(report: Report) -> None:
    """Raises Refused, naming every bad cell or row, unless the whole file can be used."""
    if report.errors:
        raise Refused(
            N_("Nothing was imported: %(errors)s cells or rows cannot be used. Mend them first."),
            field="file",
            data={"rows": [vars(error) for error in report.errors]},
            errors=len(report.errors),
        )


def forget_all() -> None:
    """Forget every file of the network that waits: somebody was erased, and any of them may name her."""
    db.session.execute(delete(KeptImport))


@job("kernel.forget_imports", every="10 4 * * *")
def forget_imports() -> None:
    """Forget files nobody confirmed."""
    db.session.execute(delete(KeptImport).where(KeptImport.created_at < clock.now() - KEPT_FOR))
