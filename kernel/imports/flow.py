"""One kind of file on its way in: the verbs of its pages and of its API.

A feature says who may, how a table is checked and how it is carried out::

    agenda = ImportFlow("agenda", guess_columns, allow=…, check=…, carry_out=…)
    agenda.keep_upload(actor, file_name, content, subject_id=workshop_id)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from kernel.documents.importing import Report
from kernel.documents.tables import Table, read_table
from kernel.identity.actor import Actor
from kernel.imports.models import KeptImport
from kernel.imports.service import (
    Guess,
    ImportResult,
    choose_columns,
    discard,
    keep,
    kept_import,
    require_good,
    result_of,
)
from kernel.values.outcomes import Outcome


class HasOutcome(Protocol):
    """What one row of a file does."""

    @property
    def outcome(self) -> Outcome: ...  # noqa: D102


Step = TypeVar("Step", bound=HasOutcome)


@dataclass(frozen=True)
class Preview(Generic[Step]):
    """What a file would do: its errors by row, or else a step for each of its records."""

    table: Table
    mapping: Mapping[str, int]
    report: Report
    steps: Sequence[Step] = ()

    def count(self, outcome: Outcome) -> int:
        """How many records the file creates, updates or leaves unchanged."""
        return sum(step.outcome is outcome for step in self.steps)

    @property
    def result(self) -> ImportResult:
        """The same, summed up, with what its author should know."""
        return result_of((step.outcome for step in self.steps), self.report)


@dataclass(frozen=True)
class ImportFlow(Generic[Step]):
    """The verbs of importing files of one kind, about a subject where there is such a thing.

    `allow` raises unless the person may import about that subject; `check` tells what a table would do;
    `carry_out` does it, knowing that nothing is wrong with it; `hold` lets nobody else change the subject
    until the transaction ends.
    """

    kind: str
    guess: Guess
    allow: Callable[[Actor, UUID | None], object]
    check: Callable[[Table, Mapping[str, int], UUID | None], Preview[Step]]
    carry_out: Callable[[Actor, Preview[Step], str, UUID | None], object]
    hold: Callable[[UUID | None], object] = lambda _subject_id: None

    def keep_upload(
        self, actor: Actor, file_name: str, content: bytes, *, subject_id: UUID | None = None
    ) -> KeptImport:
        """Keep a file until it is confirmed; it takes the place of the person's earlier one.

        Raises Refused when the file cannot be read as a table.
        """
        self.allow(actor, subject_id)
        return keep(actor, self.kind, file_name, content, self.guess, subject_id=subject_id)

    def preview(
        self, actor: Actor, import_id: UUID, *, subject_id: UUID | None = None
    ) -> Preview[Step]:
        """Tell what confirming the file would do; nothing is changed. Raises NotFound."""
        kept = self._kept(actor, import_id, subject_id)
        return self.check(read_table(kept.content), kept.mapping, subject_id)

    def match_columns(
        self,
        actor: Actor,
        import_id: UUID,
        mapping: Mapping[str, int],
        *,
        subject_id: UUID | None = None,
    ) -> None:
        """Read each field from the column the person chose.

        Raises NotFound, and Refused when one column is chosen for two fields or is not in the file.
        """
        choose_columns(self._kept(actor, import_id, subject_id), mapping)

    def confirm(
        self, actor: Actor, import_id: UUID, *, subject_id: UUID | None = None
    ) -> ImportResult:
        """Import the file, all of it. Raises NotFound, and Refused, naming every row that is bad."""
        kept = self._kept(actor, import_id, subject_id)
        self.hold(subject_id)
        checked = self.check(read_table(kept.content), kept.mapping, subject_id)
        require_good(checked.report)
        self.carry_out(actor, checked, kept.file_name, subject_id)
        discard(kept)
        return checked.result

    def import_file(
        self,
        actor: Actor,
        file_name: str,
        content: bytes,
        *,
        subject_id: UUID | None = None,
        dry_run: bool = False,
    ) -> ImportResult:
        """Import a file in one step, its columns recognised by their headings.

        Raises Refused, naming every bad row, when any row is bad; nothing is imported then.
        """
        self.allow(actor, subject_id)
        self.hold(subject_id)
        table = read_table(content)
        checked = self.check(table, self.guess(table), subject_id)
        require_good(checked.report)
        if not dry_run:
            self.carry_out(actor, checked, file_name, subject_id)
        return checked.result

    def _kept(self, actor: Actor, import_id: UUID, subject_id: UUID | None) -> KeptImport:
        self.allow(actor, subject_id)
        return kept_import(actor, self.kind, import_id, subject_id=subject_id)
