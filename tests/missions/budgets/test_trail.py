"""Whatever is done with a budget is on the trail, and what follows when its dates move."""

from datetime import date
from decimal import Decimal

from kernel.questions import Subject
from missions.budgets import queries, service
from tests.missions.budgets.conftest import KIND, TWELVE_DAYS, bound, deployment, lock
from tests.trails import Deed, Told

QUOTED = {"currency": "USD", "quoted_on": date(2026, 4, 1), "source": "Central bank (fictional)"}
RATE = QUOTED | {"quoted_on": "2026-04-01"}
SHARES = {"contingency_percent": Decimal(5), "overhead_percent": Decimal(7)}
LINE = {
    "position": "1",
    "category": "subsistence",
    "description": "Daily allowance",
    "driver": "person_units",
    "persons": "45",
    "units": "10",
    "measure": "days",
    "phase": "deployment",
    "phase_start": "2026-05-05",
    "phase_end": "2026-05-14",
    "rate": "180",
    "currency": "GBP",
}


def subject(ids):
    return Subject(KIND, ids["subject"])


def start(who, ids):
    service.start(who, subject(ids), base_currency="GBP", **SHARES)
    budget, _ = queries.newest_to_write(subject(ids))
    return budget


def set_rate(units, **of):
    units = Decimal(units)
    return lambda who, ids: service.set_rate(
        who, subject(ids), 1, units_per_base=units, **QUOTED, **of
    )


def do(verb, *of, lock, **given):
    """A deed on the first version; `lock` is of its line or rate as it stands."""
    return lambda who, ids: verb(who, subject(ids), 1, *of, lock=lock, **given)


def add_line(who, ids):
    service.add_line(who, subject(ids), 1, bound())


def change_shares(who, ids):
    shares = SHARES | {"overhead_percent": Decimal(8)}
    service.change_shares(who, subject(ids), 1, **shares, lock=lock(who, subject(ids)))


def move_dates(who, ids):
    service.apply_new_dates(who, subject(ids), [deployment(TWELVE_DAYS)])


def step(verb, number=1, **given):
    """A step of a version as it stands."""
    return lambda who, ids: verb(who, subject(ids), number, lock=lock(who, subject(ids)), **given)


def moved(before, after, **said):
    """Where a version stood and stands."""
    return {"state": before}, {"state": after, **said}


DRAFTING = [
    Deed("planner", start, "budget.started", "budget", None,
         {"base_currency": "GBP", "contingency_percent": "5", "overhead_percent": "7"}),
    Deed("planner", set_rate("1.25"), "budget.rate_set", "budget", None,
         RATE | {"units_per_base": "1.25"}),
    Deed("planner", set_rate("1.5", lock=1), "budget.rate_set", "budget",
         {"units_per_base": "1.25"}, {"units_per_base": "1.5"}),
    Deed("planner", do(service.remove_rate, "USD", lock=2), "budget.rate_removed", "budget",
         RATE | {"units_per_base": "1.5"}),
    Deed("planner", change_shares, "budget.shares_changed", "budget",
         {"overhead_percent": "7"}, {"overhead_percent": "8"}),
    Deed("planner", add_line, "budget.line_added", "budget", None, LINE),
    Deed("planner", do(service.change_line, 1, bound(persons=40), lock=1), "budget.line_changed",
         "budget", {"persons": "45"}, {"persons": "40"}),
    Deed("planner", do(service.remove_line, 1, lock=2), "budget.line_removed", "budget",
         LINE | {"persons": "40"}),
    Deed("planner", do(service.put_line_back, 1, lock=3), "budget.line_put_back", "budget", None,
         LINE | {"persons": "40"}),
    Deed("planner", move_dates, "budget.line_followed_dates", "budget",
         {"units": "10", "phase_end": "2026-05-14"}, {"units": "12", "phase_end": "2026-05-16"}),
]  # fmt: skip
DECIDING = [
    Deed("planner", step(service.submit), "budget.submit", "budget", *moved("draft", "submitted")),
    Deed("approver", step(service.send_back, reason="Too many."), "budget.return", "budget",
         *moved("submitted", "returned", reason="Too many.")),
    Deed("planner", step(service.rework), "budget.rework", "budget", *moved("returned", "draft")),
    Deed("planner", step(service.submit), "budget.submit", "budget", *moved("draft", "submitted")),
    Deed("approver", step(service.approve), "budget.approve", "budget",
         *moved("submitted", "approved")),
    Deed("planner", step(service.revise), "budget.revision_opened", "budget", None,
         {"by_move": False}),
    Deed("planner", step(service.submit, 2), "budget.submit", "budget",
         *moved("draft", "submitted")),
    Deed("approver", step(service.approve, 2), "budget.revise", "budget",
         *moved("approved", "revised"),
         then=[Told("budget.approve", "budget", *moved("submitted", "approved"), by="approver")]),
    Deed("approver", step(service.close, 2), "budget.close", "budget",
         *moved("approved", "closed")),
]  # fmt: skip
DEEDS = [*DRAFTING, *DECIDING]


def test_whatever_is_done_with_a_budget_is_on_the_trail(untold, subject, planner, approver):
    assert untold(DEEDS, subject=subject, planner=planner, approver=approver) == []
