from datetime import date
from io import BytesIO

import pytest

from missions.missions.rules import Precision
from tests.missions.conftest import POLLING_DAY

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
NEW = {
    "kind": "observation",
    "country": "SB",
    "title": "General election (fictional)",
    "polling_day": POLLING_DAY.isoformat(),
    "precision": "day",
    "time_zone": "Pacific/Guadalcanal",
    "observers": "12",
    "staff": "4",
}


def overview(browser, mission_id):
    return browser.get(f"/missions/{mission_id}")


def test_planner_proposes_a_mission_from_the_empty_list(browser_for, planner, country):
    browser = browser_for(planner)
    empty = browser.get("/missions")
    assert "No missions yet" in empty.text
    page = browser.submit(browser.get(empty.links()["New mission"]), "Create mission", **NEW)
    assert "General election (fictional)" in page.title
    assert "Solomon Islands" in page.text
    assert "Mission in the country" in page.text
    assert "General election (fictional)" in browser.get("/missions").links()


def test_refused_form_keeps_what_was_typed_and_names_the_fields(browser_for, planner, country):
    browser = browser_for(planner)
    typed = {**NEW, "title": "", "observers": "many"}
    page = browser.submit(browser.get("/missions/new"), "Create mission", **typed)
    assert page.status == 422
    assert len(page.errors) == 2
    assert 'value="many"' in page.html
    assert "Error:" in page.title
    assert "No missions yet" in browser.get("/missions").text


def test_invitation_waiver_and_approval_through_the_pages(
    browser_for, planner, approver, mission_id
):
    plans, approves = browser_for(planner), browser_for(approver)
    page = plans.submit(overview(plans, mission_id), "Move on to “Being assessed”")
    assert "Record the written invitation" in page.text
    form = plans.get(page.links()["Record the invitation"])
    letter = {"state": "received", "on": "2026-01-05", "issued_by": "Chair", "reference": "4/26"}
    page = plans.submit(form, "Record", **letter)
    assert "Received in writing" in page.text
    form = plans.get(page.links()["Waive the assessment"])
    page = plans.submit(form, "Record", reason="Snap election.")
    assert "Waived by Planner (fictional)" in page.text
    assert "An approver takes this step." in page.text
    page = approves.submit(overview(approves, mission_id), "Move on to “Approved”")
    assert "The mission is now: Approved." in page.text


def test_letter_without_a_sender_is_refused_at_its_field(browser_for, planner, mission_id):
    browser = browser_for(planner)
    form = browser.get(f"/missions/{mission_id}/invitation")
    page = browser.submit(form, "Record", state="received", on="2026-01-05")
    assert page.status == 422
    assert page.errors == ["Enter who signed the invitation or welcome."]


def test_letter_is_kept_and_downloaded_by_those_who_see_the_mission(
    browser_for, factory, planner, approver, mission_id
):
    browser = browser_for(planner)
    form = browser.get(f"/missions/{mission_id}/invitation")
    page = browser.submit(
        form,
        "Record",
        state="received",
        on="2026-01-05",
        issued_by="Chair",
        letter=(BytesIO(PDF), "letter.pdf"),
    )
    address = page.links()["Download the letter"]
    answer = browser_for(approver).get(address).response
    assert answer.data == PDF
    assert "letter.pdf" in answer.headers["Content-Disposition"]
    assert browser_for(factory.actor()).get(address).status == 404


def test_letter_of_a_refused_kind_is_named_at_its_field(browser_for, planner, mission_id):
    browser = browser_for(planner)
    form = browser.get(f"/missions/{mission_id}/invitation")
    typed = {"state": "received", "on": "2026-01-05", "issued_by": "Chair"}
    page = browser.submit(form, "Record", **typed, letter=(BytesIO(b"MZ\x90"), "letter.exe"))
    assert page.status == 422
    assert 'id="letter-error"' in page.html
    assert "No invitation yet" in overview(browser, mission_id).text


def test_mission_without_a_letter_has_none_to_download(browser_for, planner, mission_id):
    assert browser_for(planner).get(f"/missions/{mission_id}/invitation/letter").status == 404


def test_approver_reads_and_is_offered_no_edit(browser_for, approver, mission_id):
    page = overview(browser_for(approver), mission_id)
    assert "Edit mission" not in page.links()
    assert "Cancel or downsize" not in page.links()
    assert browser_for(approver).get(f"/missions/{mission_id}/edit").status == 403


@pytest.mark.parametrize("path", ["", "/edit", "/waiver", "/plan", "/plan/plan.xlsx"])
def test_mission_does_not_exist_for_people_who_may_not_see_missions(
    browser_for, factory, mission_id, path
):
    stranger = browser_for(factory.actor(roles=["focal_point"]))
    assert stranger.get(f"/missions/{mission_id}{path}").status == 404
    assert stranger.get("/missions").status == 404


def test_mission_of_one_network_does_not_exist_in_another(
    app, make_tenant, mission_id, browser_for, planner
):
    from tests.factories import Factory
    from tests.pages import Browser

    other = make_tenant()
    foreign = Factory(app, other).actor(roles=["planner", "approver", "network_administrator"])
    browser = Browser.at(app, other.host, foreign)
    for path in ("", "/edit", "/plan", "/plan/tasks/new", "/plan/plan.ics"):
        assert browser.get(f"/missions/{mission_id}{path}").status == 404
        assert browser_for(planner).get(f"/missions/{mission_id}{path}").status == 200
    assert str(mission_id) not in browser.get("/missions").html


def test_list_is_narrowed_by_the_address(browser_for, planner, propose, factory):
    factory.organisation(country="KE")
    propose(title="Islands (fictional)")
    propose(title="Coast (fictional)", country="KE", kind="expert_team")
    browser = browser_for(planner)
    assert "Islands (fictional)" not in browser.get("/missions?country=KE").text
    assert "Coast (fictional)" in browser.get("/missions?kind=expert_team&state=proposed").text
    assert "No mission matches" in browser.get("/missions?state=closed").text
    assert "Islands (fictional)" in browser.get("/missions?state=nonsense").text
    assert browser.get(f"/missions?page={'9' * 40}").status == 200


def test_list_costs_the_same_with_one_and_three_missions(browser_for, planner, propose, queries):
    browser = browser_for(planner)
    propose()
    browser.get("/missions")
    with queries() as one:
        browser.get("/missions")
    propose()
    propose()
    with queries() as three:
        browser.get("/missions")
    assert len(one) == len(three) <= 6


def test_two_people_editing_a_mission_see_both_versions(browser_for, planner, factory, mission_id):
    first, second = browser_for(planner), browser_for(factory.actor(roles=["planner"]))
    one = first.get(f"/missions/{mission_id}/edit")
    two = second.get(f"/missions/{mission_id}/edit")
    assert first.submit(one, "Save", title="First title").status == 200
    page = second.submit(two, "Save", title="Second title")
    assert page.status == 409
    assert "First title" in page.text
    assert "Second title" in page.text
    page = second.submit(page, "Save mine over theirs")
    assert "Second title" in page.title


def test_export_holds_exactly_the_missions_of_the_filter(browser_for, planner, propose, factory):
    from openpyxl import load_workbook

    factory.organisation(country="KE")
    propose(title="=Islands (fictional)")
    propose(title="Coast (fictional)", country="KE")
    answer = browser_for(planner).get("/missions/missions.xlsx?country=SB").response
    sheet = load_workbook(BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][:2] == ("=Islands (fictional)", "Solomon Islands")


@pytest.mark.parametrize(
    ("precision", "shown", "exported"),
    [
        ("day", "Polling day 14 March 2027", "The day is fixed"),
        ("month", "Polling day March 2027 (planned as 14 March 2027)", "Only the month is known"),
        ("year", "Polling day 2027 (planned as 14 March 2027)", "Only the year is known"),
    ],
)
def test_a_day_that_is_planned_for_is_not_shown_as_known(
    browser_for, planner, propose, precision, shown, exported
):
    from openpyxl import load_workbook

    mission_id = propose(precision=Precision(precision), polling_day=date(2027, 3, 14))
    browser = browser_for(planner)
    for page in (overview(browser, mission_id), browser.get("/missions")):
        assert shown in " ".join(page.text.split())
    answer = browser.get("/missions/missions.xlsx").response
    assert load_workbook(BytesIO(answer.data)).active["F2"].value == exported
