"""What budgets answer to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext

from kernel.errors import N_
from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from missions.budgets import access, queries
from missions.budgets.queries import UndecidedVersion
from missions.budgets.rules.versions import Move, State
from missions.permissions import MissionsPermission


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Budgets to approve that somebody else submitted; those returned, and revisions a move opened."""
    acts = {MissionsPermission.BUDGET_EDIT, MissionsPermission.BUDGET_APPROVE}
    if acts.isdisjoint(actor.permissions):
        return
    for version in queries.undecided(MOST):
        found = _to_do(actor, version)
        if found is not None:
            order, kind, text = found
            url = url_for("budgets.show", mission_id=version.mission_id)
            yield Waiting(kind, str(gettext(text)), url, version.title, order=order)


def _to_do(actor: Actor, version: UndecidedVersion) -> tuple[int, str, str] | None:
    facts = access.VersionFacts(version.state, version.submitted_by)
    if access.can(actor, Move.APPROVE, facts):
        return (10, "budget_to_approve", N_("Approve the budget, or return it"))
    if access.can(actor, Move.REWORK, facts):
        return (20, "budget_returned", N_("Work on the budget again: it was returned"))
    if version.state is State.DRAFT and access.can_edit(actor, facts):
        return (20, "budget_revised", N_("Check and submit the revised budget: its dates moved"))
    return None
