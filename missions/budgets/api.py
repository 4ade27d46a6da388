"""Budgets as JSON: the same services and rules as the pages."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from kernel.errors import NotFound
from kernel.questions import Subject
from kernel.web import Api, actor, expected_version, version_header
from missions.budgets import schemas, service
from missions.budgets.queries import StoredLine, StoredRate
from missions.budgets.rules.catalogue import Part
from missions.budgets.rules.differences import LineChange
from missions.budgets.rules.lines import LineEntry, plain
from missions.budgets.rules.totals import CostedLine
from missions.budgets.service import Sheet
from missions.permissions import MissionsPermission

SEE: Final = MissionsPermission.BUDGET_SEE
EDIT: Final = MissionsPermission.BUDGET_EDIT
APPROVE: Final = MissionsPermission.BUDGET_APPROVE

api = Api(
    "budgets",
    __name__,
    url_prefix="/missions/<uuid:mission_id>/budget",
    description="Budgets of missions: versions, lines, exchange rates and decisions",
    known_to=SEE,
)

Answer = tuple[dict[str, Any], int, dict[str, str]]

VERSION: Final = "/versions/<int:number>"
LINE: Final = f"{VERSION}/lines/<int:position>"
RATE: Final = f"{VERSION}/rates/<string(length=3):currency>"


@api.endpoint("", permission=SEE)
@api.response(200, schemas.BudgetOutput)
def get_budget(mission_id: UUID) -> Answer:
    """The newest version of a mission's budget; its ETag is the version to decide on."""
    return _answer(mission_id)


@api.endpoint("", permission=EDIT, method="POST")
@api.arguments(schemas.BudgetStartSchema)
@api.response(201, schemas.BudgetOutput)
def start_budget(data: dict[str, Any], mission_id: UUID) -> Answer:
    """Start the budget of a mission with an empty draft."""
    service.start(actor(), _of(mission_id), **data)
    return _answer(mission_id, status=201)


@api.endpoint("/versions", permission=SEE)
@api.response(200, schemas.BudgetVersionsOutput)
def list_versions(mission_id: UUID) -> dict[str, Any]:
    """Every version with its totals, the newest first."""
    return {"items": [_version(sheet) for sheet in service.history(actor(), _of(mission_id))]}


@api.endpoint(VERSION, permission=SEE)
@api.response(200, schemas.BudgetOutput)
def get_version(mission_id: UUID, number: int) -> Answer:
    """One version of a budget."""
    return _answer(mission_id, number)


@api.endpoint(f"{VERSION}/changes", permission=SEE)
@api.response(200, schemas.BudgetDifferenceOutput)
def get_changes(mission_id: UUID, number: int) -> dict[str, Any]:
    """What a version changed against the one before it."""
    found = service.compare(actor(), _of(mission_id), number).difference
    return {
        "lines": [_change(each) for each in found.lines],
        "unchanged": found.unchanged,
        "total_before": found.total.before.amount,
        "total_after": found.total.after.amount,
    }


@api.endpoint(f"{VERSION}/lines", permission=EDIT, method="POST")
@api.arguments(schemas.BudgetLineSchema)
@api.response(201, schemas.BudgetLineOutput)
def add_line(data: dict[str, Any], mission_id: UUID, number: int) -> Answer:
    """Add a line to the draft."""
    position = service.add_line(actor(), _of(mission_id), number, LineEntry(**data))
    return _line_answer(mission_id, number, position, status=201)


@api.endpoint(LINE, permission=SEE)
@api.response(200, schemas.BudgetLineOutput)
def get_line(mission_id: UUID, number: int, position: int) -> Answer:
    """One line; its ETag is the version to change it from."""
    return _line_answer(mission_id, number, position)


@api.endpoint(LINE, permission=EDIT, method="PUT")
@api.arguments(schemas.BudgetLineSchema)
@api.response(200, schemas.BudgetLineOutput)
def put_line(data: dict[str, Any], mission_id: UUID, number: int, position: int) -> Answer:
    """Change a line of the draft; needs If-Match with the line's version."""
    entry, lock = LineEntry(**data), expected_version()
    service.change_line(actor(), _of(mission_id), number, position, entry, lock=lock)
    return _line_answer(mission_id, number, position)


@api.endpoint(LINE, permission=EDIT, method="DELETE")
@api.response(204)
def delete_line(mission_id: UUID, number: int, position: int) -> tuple[None, int, dict[str, str]]:
    """Take a line off the draft; needs If-Match. The answer's ETag is the version to put it back from."""
    subject, lock = _of(mission_id), expected_version()
    removed = service.remove_line(actor(), subject, number, position, lock=lock)
    return None, 204, version_header(removed)


@api.endpoint(f"{LINE}/put-back", permission=EDIT, method="POST")
@api.response(200, schemas.BudgetLineOutput)
def put_line_back(mission_id: UUID, number: int, position: int) -> Answer:
    """Put a line back that was taken off; needs If-Match with the version its removal answered."""
    service.put_line_back(actor(), _of(mission_id), number, position, lock=expected_version())
    return _line_answer(mission_id, number, position)


@api.endpoint(f"{VERSION}/rates", permission=EDIT, method="POST")
@api.arguments(schemas.NewBudgetRateSchema)
@api.response(201, schemas.BudgetOutput)
def add_rate(data: dict[str, Any], mission_id: UUID, number: int) -> Answer:
    """Add an exchange rate to the draft, and with it a currency lines may be in."""
    service.set_rate(actor(), _of(mission_id), number, **data)
    return _answer(mission_id, number, status=201)


@api.endpoint(RATE, permission=EDIT, method="PUT")
@api.arguments(schemas.BudgetRateSchema)
@api.response(200, schemas.BudgetOutput)
def put_rate(data: dict[str, Any], mission_id: UUID, number: int, currency: str) -> Answer:
    """Change an exchange rate; needs If-Match with the rate's version."""
    subject, lock = _of(mission_id), expected_version()
    service.set_rate(actor(), subject, number, currency=currency, lock=lock, **data)
    return _answer(mission_id, number)


@api.endpoint(RATE, permission=EDIT, method="DELETE")
@api.response(204)
def delete_rate(mission_id: UUID, number: int, currency: str) -> None:
    """Take an exchange rate off that no line needs; needs If-Match with the rate's version."""
    service.remove_rate(actor(), _of(mission_id), number, currency, lock=expected_version())


@api.endpoint(f"{VERSION}/shares", permission=EDIT, method="PUT")
@api.arguments(schemas.BudgetSharesSchema)
@api.response(200, schemas.BudgetOutput)
def put_shares(data: dict[str, Any], mission_id: UUID, number: int) -> Answer:
    """Change contingency and overhead; needs If-Match with the budget's version."""
    lock = expected_version()
    service.change_shares(actor(), _of(mission_id), number, lock=lock, **data)
    return _answer(mission_id, number)


@api.endpoint(f"{VERSION}/submit", permission=EDIT, method="POST")
@api.response(200, schemas.BudgetOutput)
def submit(mission_id: UUID, number: int) -> Answer:
    """Hand the draft to the approvers; needs If-Match."""
    return _move(service.submit, mission_id, number)


@api.endpoint(f"{VERSION}/return", permission=APPROVE, method="POST")
@api.arguments(schemas.BudgetReturnSchema)
@api.response(200, schemas.BudgetOutput)
def send_back(data: dict[str, Any], mission_id: UUID, number: int) -> Answer:
    """Return what was submitted, with the reason; needs If-Match."""
    return _move(service.send_back, mission_id, number, **data)


@api.endpoint(f"{VERSION}/rework", permission=EDIT, method="POST")
@api.response(200, schemas.BudgetOutput)
def rework(mission_id: UUID, number: int) -> Answer:
    """Make a draft again of what was returned; needs If-Match."""
    return _move(service.rework, mission_id, number)


@api.endpoint(f"{VERSION}/approve", permission=APPROVE, method="POST")
@api.response(200, schemas.BudgetOutput)
def approve(mission_id: UUID, number: int) -> Answer:
    """Approve what somebody else submitted; needs If-Match."""
    return _move(service.approve, mission_id, number)


@api.endpoint(f"{VERSION}/revise", permission=EDIT, method="POST")
@api.response(201, schemas.BudgetOutput)
def revise(mission_id: UUID, number: int) -> Answer:
    """Open a revision of the approved version, as a draft; needs If-Match."""
    opened = service.revise(actor(), _of(mission_id), number, lock=expected_version())
    return _answer(mission_id, opened, status=201)


@api.endpoint(f"{VERSION}/close", permission=APPROVE, method="POST")
@api.response(200, schemas.BudgetOutput)
def close(mission_id: UUID, number: int) -> Answer:
    """Close an approved budget for good; needs If-Match."""
    return _move(service.close, mission_id, number)


def _of(mission_id: UUID) -> Subject:
    return Subject("mission", mission_id)


def _sheet(mission_id: UUID, number: int | None) -> Sheet:
    sheet = service.open_sheet(actor(), _of(mission_id), number)
    if sheet is None:
        raise NotFound()
    return sheet


def _move(verb: Callable[..., object], mission_id: UUID, number: int, **data: Any) -> Answer:
    verb(actor(), _of(mission_id), number, lock=expected_version(), **data)
    return _answer(mission_id, number)


def _answer(mission_id: UUID, number: int | None = None, *, status: int = 200) -> Answer:
    sheet = _sheet(mission_id, number)
    stored = sheet.stored_by_key
    answer = {
        **_version(sheet),
        "lines": [_line(stored[each.line.key], each) for each in sheet.costing.lines],
        "rates": [_rate(each) for each in sheet.rates],
        "on_costs": [
            {
                "part": each.rule.part,
                "of": each.rule.of,
                "percent": plain(each.share * 100),
                "base": each.base.amount,
                "amount": each.amount.amount,
            }
            for each in sheet.costing.on_costs
        ],
    }
    return answer, status, version_header(sheet.version.lock)


def _line_answer(mission_id: UUID, number: int, position: int, *, status: int = 200) -> Answer:
    stored, costed = service.open_line(_sheet(mission_id, number), position)
    return _line(stored, costed), status, version_header(stored.lock)


def _version(sheet: Sheet) -> dict[str, Any]:
    version = sheet.version
    return {
        "number": version.number,
        "version": version.lock,
        "state": version.state,
        "base_currency": version.base,
        "rule_set": version.rules.number,
        "contingency_percent": plain(version.shares[Part.CONTINGENCY] * 100),
        "overhead_percent": plain(version.shares[Part.OVERHEAD] * 100),
        "opened_by_move": version.opened_by_move,
        "edited_at": version.edited_at,
        "submitted_at": version.submitted_at,
        "decided_at": version.decided_at,
        "return_reason": version.return_reason,
        "subtotal": sheet.costing.subtotal.amount,
        "total": sheet.costing.total.amount,
    }


def _line(stored: StoredLine, costed: CostedLine) -> dict[str, Any]:
    line, phase, was = costed.line, costed.line.phase, stored.was
    return {
        "position": stored.position,
        "version": stored.lock,
        "key": line.key,
        "category": line.category,
        "description": line.description,
        "driver": line.driver,
        "persons": line.persons,
        "measure": line.measure,
        "units": None if line.units is None else plain(line.units),
        "phase": phase.key if phase else None,
        "phase_start": phase.period.start if phase else None,
        "phase_end": phase.period.end if phase else None,
        "moved_from_start": was.start if was else None,
        "moved_from_end": was.end if was else None,
        "rate": plain(line.rate.amount),
        "currency": line.rate.currency,
        "amount": costed.amount.amount,
        "amount_in_base": costed.in_base.amount,
    }


def _rate(stored: StoredRate) -> dict[str, Any]:
    return {
        "currency": stored.rate.foreign,
        "version": stored.lock,
        "units_per_base": plain(stored.rate.units_per_base),
        "quoted_on": stored.rate.on,
        "source": stored.rate.source,
    }


def _change(change: LineChange) -> dict[str, Any]:
    return {
        "change": change.change,
        "key": change.line.key,
        "description": change.line.description,
        "amount_before": change.before.in_base.amount if change.before else None,
        "amount_after": change.after.in_base.amount if change.after else None,
        "by": change.by.amount,
    }
