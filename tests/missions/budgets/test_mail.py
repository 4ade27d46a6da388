"""Who is told about a budget, and in which words."""

from missions.budgets import service
from tests.missions.budgets.conftest import TWELVE_DAYS, lock


def test_submission_tells_every_approver_but_the_submitter(
    mails, inside, factory, tenant, approver, planner, drafted
):
    both = factory.actor("Both (fictional)", roles=["planner", "approver"])
    factory.actor("Bystander (fictional)")
    with inside():
        service.submit(both, drafted, 1, lock=lock(both, drafted))
    [(to, subject, text)] = mails()
    assert "Approver (fictional)" in to
    assert subject == "A budget waits for your approval"
    assert "Both (fictional) submitted version 1" in text
    assert f"{tenant.host}/missions/{drafted.id}/budget" in text.replace(":8000", "")


def test_approval_tells_the_author(mails, inside, approver, planner, submitted):
    mails()
    with inside():
        service.approve(approver, submitted, 1, lock=lock(approver, submitted))
    [(to, subject, text)] = mails()
    assert "Planner (fictional)" in to
    assert subject == "Your budget was approved"
    assert "Approver (fictional) approved version 1" in text


def test_a_return_tells_the_author_why(mails, inside, approver, planner, submitted):
    mails()
    with inside():
        service.send_back(
            approver, submitted, 1, reason="Count nights", lock=lock(approver, submitted)
        )
    [(to, subject, text)] = mails()
    assert "Planner (fictional)" in to
    assert subject == "Your budget was returned"
    assert "Count nights" in text


def test_a_move_that_returns_a_submission_tells_its_author(
    mails, inside, plans, approver, planner, submitted
):
    mails()
    with inside():
        service.apply_new_dates(approver, submitted, plans.move(submitted, TWELVE_DAYS))
    [(to, _, text)] = mails()
    assert "Planner (fictional)" in to
    assert "The dates moved after it was submitted." in text
