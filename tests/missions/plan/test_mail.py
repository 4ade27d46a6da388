"""Who learns that polling day moved, and in which language."""

from datetime import date

from missions.missions.rules import Precision
from missions.plan import service


def move(planner, mission_id, polling_day, precision=Precision.DAY):
    service.move_polling_day(
        planner, mission_id, version=1, polling_day=polling_day, precision=precision
    )


def test_planners_and_approvers_are_told_but_not_whoever_moved_it(
    mails, inside, factory, planner, approver, mission_id
):
    factory.actor("Colleague (fictional)", roles=["planner"])
    factory.actor("Bystander (fictional)")
    with inside():
        move(planner, mission_id, date(2027, 3, 28))
    told = {to.split("<")[0].strip(' "'): (subject, text) for to, subject, text in mails()}
    assert set(told) == {"Approver (fictional)", "Colleague (fictional)"}
    subject, text = told["Approver (fictional)"]
    assert subject == "Polling day moved: General election (fictional)"
    assert "Planner (fictional) moved" in text
    assert "from 14 March 2027 to 28 March 2027" in " ".join(text.split())
    assert f"/missions/{mission_id}/plan" in text


def test_a_day_that_only_became_certain_is_no_news(mails, inside, planner, approver, propose):
    mission_id = propose(precision=Precision.MONTH)
    with inside():
        move(planner, mission_id, date(2027, 3, 14))
    assert mails() == []
