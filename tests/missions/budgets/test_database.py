"""What the database itself refuses, whatever the service does."""

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from kernel.db import db
from missions.budgets import service
from tests.missions.budgets.conftest import lock


@pytest.fixture
def refused(inside):
    """`refused(sql)` runs a statement in the network and returns the constraint it broke."""

    def run(statement: str) -> str:
        with inside():
            with pytest.raises(IntegrityError) as error:
                db.session.execute(text(statement))
            db.session.rollback()
        return error.value.orig.diag.constraint_name

    return run


FROZEN = [
    "update missions.budget_line set rate = 1 where position = 1",
    "update missions.budget_rate set units_per_base = 2",
    "delete from missions.budget_rate",
    "update missions.budget_version set contingency_share = 0",
    "update missions.budget_version set overhead_share = 0",
    "update missions.budget_version set rule_set = 2",
    "update missions.budget_version set number = 7",
    "insert into missions.budget_rate (tenant_id, id, version_id, currency, units_per_base,"
    " quoted_on, source, version) select tenant_id, gen_random_uuid(), id, 'XAF', 1, now(), 'x', 1"
    " from missions.budget_version",
]


@pytest.mark.parametrize("statement", FROZEN)
def test_a_submitted_version_is_frozen(refused, submitted, statement):
    assert refused(statement) == "budget_version_frozen"


@pytest.mark.parametrize("statement", FROZEN)
def test_an_approved_version_is_frozen(refused, approved, statement):
    assert refused(statement) == "budget_version_frozen"


def test_a_line_is_not_moved_out_of_an_approved_version(
    refused, inside, planner, approver, approved
):
    with inside():
        service.revise(planner, approved, 1, lock=lock(planner, approved))
    statement = (
        "update missions.budget_line set version_id ="
        " (select id from missions.budget_version where state = 'draft'), position = 90"
        " where version_id = (select id from missions.budget_version where state = 'approved')"
        " and position = 1"
    )
    assert refused(statement) == "budget_version_frozen"


@pytest.mark.parametrize("state", ["draft", "returned", "submitted"])
def test_an_approval_is_not_taken_back(refused, approved, state):
    statement = f"update missions.budget_version set state = '{state}', return_reason = 'x'"
    assert refused(statement) == "budget_version_frozen"


def test_who_approved_is_not_rewritten(refused, approved):
    statement = "update missions.budget_version set decided_at = now()"
    assert refused(statement) == "budget_version_frozen"


def test_nobody_is_stored_as_approving_what_they_submitted(refused, submitted):
    statement = "update missions.budget_version set state = 'approved', decided_by = submitted_by"
    assert refused(statement) == "ck_budget_version_not_own_approval"


def test_an_approval_names_its_approver(refused, submitted):
    statement = "update missions.budget_version set state = 'approved'"
    assert refused(statement) == "ck_budget_version_decider_known"


def test_a_budget_has_one_open_version(refused, drafted):
    statement = (
        "insert into missions.budget_version (tenant_id, id, budget_id, number, state, rule_set,"
        " contingency_share, overhead_share, opened_by_move, edited_by, edited_at, version)"
        " select tenant_id, gen_random_uuid(), budget_id, 2, 'draft', 1, 0, 0, false, edited_by,"
        " now(), 1 from missions.budget_version"
    )
    assert refused(statement) == "uq_budget_version_open"


CHECKS = [
    ("budget_version", "contingency_share = 1.01", "contingency_share_range"),
    ("budget_version", "overhead_share = -0.01", "overhead_share_range"),
    ("budget_rate", "units_per_base = 0", "units_per_base_positive"),
    ("budget_rate", "source = ''", "source_present"),
    ("budget_rate", "currency = 'usd'", "currency_form"),
    ("budget_line", "rate = -1", "rate_not_negative"),
    ("budget_line", "driver = 'guess', persons = 1, units = 1", "driver_known"),
    ("budget_line", "persons = 0", "persons_positive"),
    ("budget_line", "persons = null", "factors_of_driver"),
    ("budget_line", "driver = 'lump_sum'", "factors_of_driver"),
    ("budget_line", "units = 11", "units_counted"),
    ("budget_line", "phase_end = phase_end + 1", "units_counted"),
    ("budget_line", "phase_name = null", "phase_whole"),
    ("budget_line", "was_start = now()", "phase_whole"),
    ("budget_line", "description = ''", "description_present"),
]


@pytest.mark.parametrize(("table", "change", "constraint"), CHECKS)
def test_a_row_that_makes_no_sense_is_refused(refused, drafted, table, change, constraint):
    place = " where position = 1" if table == "budget_line" else ""
    broken = refused(f"update missions.{table} set {change}{place}")
    assert broken == f"ck_{table}_{constraint}"


@pytest.mark.parametrize(
    "statement",
    [
        "update missions.budget set base_currency = 'EUR'",
        "delete from missions.budget",
        "delete from missions.budget_version",
        "delete from missions.budget_line",
    ],
)
def test_the_application_may_not_rewrite_or_delete_budgets(inside, drafted, statement):
    with inside():
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_a_draft_may_be_edited_in_the_database(inside, planner, drafted):
    """The control beside the refusals: the same statements pass on a draft."""
    with inside():
        db.session.execute(text("update missions.budget_line set rate = 1 where position = 3"))
        db.session.execute(text("update missions.budget_version set contingency_share = 0"))
    with inside():
        sheet = service.open_sheet(planner, drafted)
    assert sheet.costing.subtotal.amount == Decimal("117001.00")
