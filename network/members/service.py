"""Changing members: importing a file of them, all or nothing, and correcting one."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.db.constraints import explain
from kernel.documents.importing import Report
from kernel.documents.tables import Table
from kernel.errors import N_, NotFound
from kernel.events import emit
from kernel.events.people import FunctionChanged
from kernel.files.names import safe_name
from kernel.identity.actor import Actor
from kernel.identity.administrators import require_administrator_elsewhere
from kernel.identity.models import Membership, Organisation, OrganisationKind
from kernel.imports import ImportFlow, Preview
from kernel.search import Entry, index, remove
from kernel.tenancy.queries import current_tenant
from kernel.values.countries import country_name, country_names, searched_names
from kernel.values.outcomes import Outcome
from network.members import access, queries, rules
from network.members.importing import check_members, guess_columns
from network.members.models import MembershipChange
from network.members.rules import Step
from network.people import queries as people_queries
from network.people import service as people

DIRECTORY_LANGUAGE = "en"
"""Members sort by their English country names, whatever language they are read in."""

KIND = "member"
"""What members are called in search."""

_FACTS = (
    "name", "name_is_fallback", "region", "joined_year", "permanent", "micro_state", "languages",
)  # fmt: skip

explain(
    "uq_organisation_emb_country",
    N_("This country has an election management body already. Import the file again."),
)


def member_to_change(actor: Actor, organisation_id: UUID) -> Organisation:
    """An organisation whose facts and membership the actor keeps. Raises Forbidden and NotFound."""
    access.require_manage(actor)
    member = queries.organisation(organisation_id)
    if member is None:
        raise NotFound
    return member


def change_member(
    actor: Actor, organisation_id: UUID, version: int | None, changes: Mapping[str, Any]
) -> Organisation:
    """Correct the facts of a member; giving a name confirms it.

    Raises Conflict when somebody else changed it since `version`.
    """
    member = member_to_change(actor, organisation_id)
    member.expect(version, {name: getattr(member, name) for name in changes})
    before = member.region
    _write(actor, member, {**changes, "name_is_fallback": False})
    if member.region != before:
        _tell_functions(organisation_id)
    return member


def change_membership(
    actor: Actor, organisation_id: UUID, version: int | None, *, membership: str, reason: str
) -> Organisation:
    """Take an organisation's membership a step further; access of its people follows with the commit.

    Raises Conflict when somebody else changed it since `version`, Refused for a step it cannot take and
    where the network would be left without an administrator.
    """
    member = member_to_change(actor, organisation_id)
    member.expect(version, {"membership": member.membership})
    rules.check_membership(membership, next_steps(member))
    if member.membership == Membership.ACTIVE:
        require_administrator_elsewhere(organisation_id)
    _take_step(actor, member, membership, reason)
    return member


def enter_applicant(
    actor: Actor, *, kind: OrganisationKind, name: str, country: str | None, reason: str
) -> Organisation:
    """Take in an organisation the network did not know, as one that applies; its people see nothing yet."""
    access.require_manage(actor)
    values = {"name": name}
    return _take_in(actor, kind, country, Membership.APPLIED, values, reason)


def change_by_application(
    actor: Actor, organisation_id: UUID, *, membership: str, reason: str
) -> Organisation:
    """Take the step of a membership that an application leads to: applying again, admitted, declined.

    Raises NotFound, Forbidden, and Refused for a step no application leads to.
    """
    member = member_to_change(actor, organisation_id)
    steps = rules.next_memberships(member.membership, by_application=True)
    rules.check_membership(membership, steps)
    _take_step(actor, member, membership, reason)
    return member


def _take_step(actor: Actor, member: Organisation, membership: str, reason: str) -> None:
    before, member.membership = member.membership, Membership(membership).value
    told = ({"membership": before}, {"membership": member.membership, "reason": reason})
    record(actor, "organisation.membership_changed", member, *told)
    _remember_step(actor, member, before, reason)
    _make_findable(member)
    people.make_people_findable(people_queries.people_at(member.id))
    _tell_functions(member.id)


def next_steps(member: Organisation) -> tuple[str, ...]:
    """Where an organisation's membership can go from here."""
    is_secretariat = member.kind == OrganisationKind.SECRETARIAT
    return rules.next_memberships(member.membership, is_secretariat=is_secretariat)


def _tell_functions(organisation_id: UUID) -> None:
    """Who holds functions counts by region, and only while the membership is active."""
    for function in sorted({seat.function for seat in people_queries.seats_at(organisation_id)}):
        emit(FunctionChanged(organisation_id, function))


def _remember_step(
    actor: Actor, member: Organisation, before: str | None, reason: str = ""
) -> None:
    db.session.add(
        MembershipChange(
            organisation_id=member.id,
            before=before,
            after=member.membership,
            reason=reason,
            changed_by=actor.person_id,
        )
    )


def _check(
    table: Table, mapping: Mapping[str, int], _subject_id: UUID | None = None
) -> Preview[Step]:
    """Check every row and, when all are good, plan what they do."""
    report = check_members(table, mapping)
    return Preview(table, mapping, report, () if report.errors else _plan(report))


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


def _carry_out(
    actor: Actor, checked: Preview[Step], file_name: str, _subject_id: UUID | None = None
) -> None:
    stored = queries.embs_of([step.country for step in checked.steps])
    for step in checked.steps:
        if step.outcome is Outcome.CREATED:
            _take_in(actor, OrganisationKind.EMB, step.country, Membership.ACTIVE, step.values)
        elif step.outcome is Outcome.UPDATED:
            _write(actor, stored[step.country], step.values)
    result = checked.result
    told = {"created": result.created, "updated": result.updated, "unchanged": result.unchanged}
    record(actor, "members.imported", current_tenant(), after=told, label=safe_name(file_name))


def _take_in(
    actor: Actor,
    kind: OrganisationKind,
    country: str | None,
    membership: Membership,
    values: Mapping[str, Any],
    reason: str = "",
) -> Organisation:
    member = Organisation(
        kind=kind,
        country=country,
        membership=membership,
        sort_key=_sort_key(country, values["name"]),
        **values,
    )
    db.session.add(member)
    after = {"country": country, "membership": membership, **values}
    record(actor, "organisation.created", member, after=after)
    _remember_step(actor, member, None, reason)
    _make_findable(member)
    return member


def _write(actor: Actor, member: Organisation, values: Mapping[str, Any]) -> None:
    before = {name: getattr(member, name) for name in values}
    for name, value in values.items():
        setattr(member, name, value)
    member.sort_key = _sort_key(member.country, member.name)
    if before != dict(values):
        record(actor, "organisation.changed", member, before=before, after=values)
        _make_findable(member)
        if before.get("name", member.name) != member.name:
            people.make_people_findable(people_queries.people_at(member.id))


def _make_findable(member: Organisation) -> None:
    """Members are found by their name and by their country's, in every language.

    Who applied and was refused is not found.
    """
    if queries.was_declined(member.id):
        remove(member.id)
        return
    body = ", ".join(searched_names(member.country)) if member.country else ""
    index(Entry(KIND, member.id, member.name, body=body, organisation_id=member.id))


def _sort_key(country: str | None, name: str) -> str:
    shown = country_name(country, DIRECTORY_LANGUAGE) if country else ""
    return rules.member_sort_key(name, shown)


imports: Final = ImportFlow[Step](
    KIND,
    guess_columns,
    allow=lambda actor, _subject_id: access.require_manage(actor),
    check=_check,
    carry_out=_carry_out,
)
"""Importing a file of members, each known by its country."""
