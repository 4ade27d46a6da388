"""The life of a version: started, submitted, returned, worked on again, approved, revised, closed."""

from decimal import Decimal

from kernel.db import db, new_id
from kernel.errors import N_, NotNow
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.values import clock
from missions.budgets import queries
from missions.budgets.access import VersionFacts, require
from missions.budgets.models import Budget, BudgetLine, BudgetRate, BudgetVersion
from missions.budgets.rules.catalogue import CURRENT
from missions.budgets.rules.versions import (
    Move,
    State,
    after,
    check_going_on,
    check_submittable,
)
from missions.budgets.service.drafts import newest, touch
from missions.budgets.service.events import BudgetDecided, BudgetSubmitted
from missions.budgets.service.sheets import visible_plan
from missions.budgets.service.trail import share_values, trail
from missions.permissions import MissionsPermission


def start(
    actor: Actor,
    subject: Subject,
    *,
    base_currency: str,
    contingency_percent: Decimal,
    overhead_percent: Decimal,
) -> None:
    """Start the budget of a subject with an empty first draft.

    Raises NotFound, Forbidden, or Refused when it was started already or the subject has ended.
    """
    plan = visible_plan(actor, subject, held=True)
    actor.require(MissionsPermission.BUDGET_EDIT)
    check_going_on(plan.ended)
    if queries.versions(subject):
        raise NotNow(N_("This budget has been started already. Reload the page to see it."))
    budget = Budget(
        id=new_id(),
        subject_kind=subject.kind,
        subject_id=subject.id,
        base_currency=base_currency,
        created_by=actor.person_id,
    )
    version = BudgetVersion(
        budget_id=budget.id,
        number=1,
        state=State.DRAFT,
        rule_set=CURRENT.number,
        contingency_share=contingency_percent / 100,
        overhead_share=overhead_percent / 100,
        edited_by=actor.person_id,
    )
    db.session.add_all([budget, version])
    db.session.flush()
    values = {"base_currency": base_currency, **share_values(version)}
    trail(actor, "budget.started", budget, version, after=values)


def submit(actor: Actor, subject: Subject, number: int, *, lock: int | None) -> None:
    """Hand the draft to the approvers; from now on nobody edits it.

    Raises NotFound, Forbidden, Refused for an empty budget or anything but a draft, or Conflict when
    the draft is no longer the one that was read.
    """
    budget, version = _ready(actor, subject, number, Move.SUBMIT, lock)
    check_submittable(len(queries.lines_to_write(version.id)))
    version.submitted_by = actor.person_id
    version.submitted_at = clock.now()
    version.decided_by = version.decided_at = version.return_reason = None
    _move(actor, budget, version, Move.SUBMIT)
    emit(BudgetSubmitted(subject.kind, subject.id, version.number))


def send_back(
    actor: Actor, subject: Subject, number: int, *, reason: str, lock: int | None
) -> None:
    """Return what was submitted to its author, with the reason.

    Raises NotFound, Forbidden, Refused or Conflict.
    """
    budget, version = _ready(actor, subject, number, Move.RETURN, lock)
    return_with(actor, subject, budget, version, reason)


def rework(actor: Actor, subject: Subject, number: int, *, lock: int | None) -> None:
    """Make a draft again of what was returned. Raises NotFound, Forbidden, Refused or Conflict."""
    budget, version = _ready(actor, subject, number, Move.REWORK, lock)
    _move(actor, budget, version, Move.REWORK)


def approve(actor: Actor, subject: Subject, number: int, *, lock: int | None) -> None:
    """Approve what somebody else submitted; the version in force before it counts as revised.

    Raises NotFound, Forbidden, also for one's own submission, Refused or Conflict.
    """
    budget, version = _ready(actor, subject, number, Move.APPROVE, lock)
    earlier = queries.in_force_to_write(budget.id)
    if earlier is not None:
        _move(actor, budget, earlier, Move.REVISE)
        # The database lets one version be in force, so the earlier one makes way first.
        db.session.flush()
    version.decided_by = actor.person_id
    version.decided_at = clock.now()
    _move(actor, budget, version, Move.APPROVE)
    emit(
        BudgetDecided(
            subject.kind, subject.id, version.number, version.state, version.return_reason
        )
    )


def revise(actor: Actor, subject: Subject, number: int, *, lock: int | None) -> int:
    """Open a revision of the approved version, as a draft, and return its number.

    The approved version stays in force until the revision is approved.
    Raises NotFound, Forbidden, Refused or Conflict.
    """
    budget, version = _ready(actor, subject, number, Move.REVISE, lock)
    return open_revision(actor, budget, version, by_move=False).number


def close(actor: Actor, subject: Subject, number: int, *, lock: int | None) -> None:
    """Close an approved budget for good. Raises NotFound, Forbidden, Refused or Conflict."""
    budget, version = _ready(actor, subject, number, Move.CLOSE, lock)
    _move(actor, budget, version, Move.CLOSE)


def return_with(
    actor: Actor, subject: Subject, budget: Budget, version: BudgetVersion, reason: str
) -> None:
    """Return a submitted version without asking who may: also done when its dates moved."""
    version.decided_by = actor.person_id
    version.decided_at = clock.now()
    version.return_reason = reason
    _move(actor, budget, version, Move.RETURN, reason=reason)
    emit(
        BudgetDecided(
            subject.kind, subject.id, version.number, version.state, version.return_reason
        )
    )


def open_revision(
    actor: Actor, budget: Budget, approved: BudgetVersion, *, by_move: bool
) -> BudgetVersion:
    """Copy an approved version into a new draft; lines keep their keys, places and rates."""
    after(State(approved.state), Move.REVISE)
    revision = BudgetVersion(
        id=new_id(),
        budget_id=budget.id,
        number=approved.number + 1,
        state=State.DRAFT,
        rule_set=approved.rule_set,
        contingency_share=approved.contingency_share,
        overhead_share=approved.overhead_share,
        opened_by_move=by_move,
        edited_by=actor.person_id,
    )
    db.session.add(revision)
    db.session.flush()
    for rate in queries.rates_to_write(approved.id):
        db.session.add(_copy(rate, revision))
    for line in queries.lines_to_write(approved.id):
        db.session.add(_copy(line, revision))
    trail(actor, "budget.revision_opened", budget, revision, after={"by_move": by_move})
    return revision


def reopen(actor: Actor, budget: Budget, version: BudgetVersion) -> None:
    """Make a draft of a returned version without asking who may: also done when its dates moved."""
    _move(actor, budget, version, Move.REWORK)


def _ready(
    actor: Actor, subject: Subject, number: int, move: Move, lock: int | None
) -> tuple[Budget, BudgetVersion]:
    """The newest version, when the actor may make the move and has seen it as it is."""
    budget, version = newest(actor, subject, number, move)
    state = State(version.state)
    require(actor, move, VersionFacts(state, version.submitted_by))
    after(state, move)
    version.expect(lock, {"state": version.state})
    return budget, version


def _move(actor: Actor, budget: Budget, version: BudgetVersion, move: Move, **details: str) -> None:
    before = State(version.state)
    version.state = after(before, move)
    touch(version, actor)
    values = {"state": version.state, **details}
    trail(actor, f"budget.{move}", budget, version, {"state": before}, values)


_NOT_COPIED = frozenset({"tenant_id", "id", "version", "version_id", "was_start", "was_end"})


def _copy(record: BudgetRate | BudgetLine, revision: BudgetVersion) -> BudgetRate | BudgetLine:
    """The same rate or line on another version."""
    columns = (column.key for column in record.__table__.columns)
    values = {name: getattr(record, name) for name in columns if name not in _NOT_COPIED}
    return type(record)(version_id=revision.id, **values)
