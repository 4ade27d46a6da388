"""Changing members: importing a file of them, all or nothing, and correcting one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.db.constraints import explain
from kernel.documents.importing import Report
from kernel.documents.tables import Table, read_table
from kernel.errors import N_, NotFound
from kernel.files.names import safe_name
from kernel.identity.actor import Actor
from kernel.identity.models import Membership, Organisation, OrganisationKind
from kernel.imports import (
    ImportResult,
    KeptImport,
    choose_columns,
    discard,
    keep,
    kept_import,
    require_good,
    result_of,
)
from kernel.search import Entry, index
from kernel.tenancy.queries import current_tenant
from kernel.values.countries import country_name, country_names
from kernel.values.outcomes import Outcome
from network.members import access, queries, rules
from network.members.importing import check_members, guess_columns
from network.members.rules import Step

DIRECTORY_LANGUAGE = "en"
"""Members sort by their English country names, whatever language they are read in."""

KIND = "member"
"""What members are called in search."""
LANGUAGES = ("en", "fr", "ar")

_FACTS = (
    "name", "name_is_fallback", "region", "joined_year", "permanent", "micro_state", "languages",
)  # fmt: skip

explain(
    "uq_organisation_emb_country",
    N_("This country has an election management body already. Import the file again."),
)


@dataclass(frozen=True)
class Preview:
    """What a file would do: its errors by row, or else a step for each of its members."""

    table: Table
    mapping: Mapping[str, int]
    report: Report
    steps: tuple[Step, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many members the file creates, updates or leaves unchanged."""
        return sum(step.outcome is outcome for step in self.steps)


def keep_upload(actor: Actor, file_name: str, content: bytes) -> KeptImport:
    """Keep a file of members until it is confirmed; it takes the place of her earlier one.

    Raises Refused when the file cannot be read as a table.
    """
    access.require_manage(actor)
    return keep(actor, KIND, file_name, content, guess_columns)


def match_columns(actor: Actor, import_id: UUID, mapping: Mapping[str, int]) -> None:
    """Read each field from the column the person chose.

    Raises Refused when one column is chosen for two fields or is not in the file.
    """
    choose_columns(_kept(actor, import_id), mapping)


def preview(actor: Actor, import_id: UUID) -> Preview:
    """Tell what confirming the file would do; nothing is changed."""
    kept = _kept(actor, import_id)
    return _check(read_table(kept.content), kept.mapping)


def confirm(actor: Actor, import_id: UUID) -> ImportResult:
    """Import the file, all of it. Raises Refused, naming every bad row, when any row is bad."""
    kept = _kept(actor, import_id)
    result = _carry_out(actor, _check(read_table(kept.content), kept.mapping), kept.file_name)
    discard(kept)
    return result


def import_file(
    actor: Actor, file_name: str, content: bytes, *, dry_run: bool = False
) -> ImportResult:
    """Import a file in one step, its columns recognised by their headings.

    Raises Refused, naming every bad row, when any row is bad; nothing is imported then.
    """
    access.require_manage(actor)
    table = read_table(content)
    checked = _check(table, guess_columns(table))
    if dry_run:
        require_good(checked.report)
        return _result(checked)
    return _carry_out(actor, checked, file_name)


def change_member(
    actor: Actor, organisation_id: UUID, version: int | None, changes: Mapping[str, Any]
) -> Organisation:
    """Correct the facts of a member; giving a name confirms it.

    Raises Conflict when somebody else changed it since `version`.
    """
    access.require_manage(actor)
    member = queries.organisation(organisation_id)
    if member is None:
        raise NotFound
    member.expect(version, {name: getattr(member, name) for name in changes})
    rules.check_membership(
        member.membership,
        changes["membership"],
        is_secretariat=member.kind == OrganisationKind.SECRETARIAT,
    )
    _write(actor, member, {**changes, "name_is_fallback": False})
    return member


def _kept(actor: Actor, import_id: UUID) -> KeptImport:
    access.require_manage(actor)
    return kept_import(actor, KIND, import_id)


def _check(table: Table, mapping: Mapping[str, int]) -> Preview:
    """Check every row and, when all are good, plan what they do."""
    report = check_members(table, mapping)
    steps = () if report.errors else tuple(_plan(report))
    return Preview(table, mapping, report, steps)


def _plan(report: Report) -> list[Step]:
    rows = [
        rules.MemberRow(
            row.number,
            row.data["country"],
            {name: row.data[name] for name in row.given if name != "country"},
        )
        for row in report.rows
    ]
    stored = queries.embs_of([row.country for row in rows])
    facts = {code: {name: getattr(emb, name) for name in _FACTS} for code, emb in stored.items()}
    return rules.plan_import(rows, facts, country_names(DIRECTORY_LANGUAGE))


def _carry_out(actor: Actor, checked: Preview, file_name: str) -> ImportResult:
    require_good(checked.report)
    stored = queries.embs_of([step.country for step in checked.steps])
    for step in checked.steps:
        if step.outcome is Outcome.CREATED:
            _create(actor, step)
        elif step.outcome is Outcome.UPDATED:
            _write(actor, stored[step.country], step.values)
    result = _result(checked)
    told = {"created": result.created, "updated": result.updated, "unchanged": result.unchanged}
    record(actor, "members.imported", current_tenant(), after=told, label=safe_name(file_name))
    return result


def _result(checked: Preview) -> ImportResult:
    return result_of((step.outcome for step in checked.steps), checked.report)


def _create(actor: Actor, step: Step) -> None:
    member = Organisation(
        kind=OrganisationKind.EMB,
        country=step.country,
        membership=Membership.ACTIVE,
        sort_key=_sort_key(step.country, step.values["name"]),
        **step.values,
    )
    db.session.add(member)
    after = {"country": step.country, **step.values}
    record(actor, "organisation.created", member, after=after)
    _make_findable(member)


def _write(actor: Actor, member: Organisation, values: Mapping[str, Any]) -> None:
    before = {name: getattr(member, name) for name in values}
    for name, value in values.items():
        setattr(member, name, value)
    member.sort_key = _sort_key(member.country, member.name)
    if before != dict(values):
        record(actor, "organisation.changed", member, before=before, after=values)
        _make_findable(member)


def _make_findable(member: Organisation) -> None:
    """Members are found by their name and by their country's, in every language of the product."""
    names = (country_name(member.country, code) for code in LANGUAGES) if member.country else ()
    index(Entry(KIND, member.id, member.name, body=", ".join(dict.fromkeys(names))))


def _sort_key(country: str | None, name: str) -> str:
    shown = country_name(country, DIRECTORY_LANGUAGE) if country else ""
    return rules.member_sort_key(name, shown)
