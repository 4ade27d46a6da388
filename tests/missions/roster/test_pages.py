"""The team in the browser and by the API."""

import pytest

from missions.missions.rules import Precision
from missions.roster import service
from tests.missions.roster.conftest import DEPLOYMENT


@pytest.fixture
def browser(browser_for, planner):
    return browser_for(planner)


@pytest.fixture
def team(mission_id):
    return f"/missions/{mission_id}/team"


def test_a_planner_finds_nominates_and_selects_somebody(browser, team, trained):
    trained(free=(DEPLOYMENT,))
    page = browser.get(team)
    assert "Nobody is nominated yet" in page.text
    page = browser.get(page.links()["Find people"])
    assert "JEP Electoral leadership, August 2015: 960 of 1,200 minutes" in page.text
    assert "Free on all these days" in page.text
    assert "people from Solomon Islands are left out" in page.text
    page = browser.submit(page, "Nominate")
    assert "The person is nominated." in page.text
    assert "Nominate" not in [b.text for b in page.document.iter("button")]
    page = browser.get(team)
    for button in ("Shortlist", "Select", "Has accepted"):
        page = browser.submit(page, button)
    assert "Accepted" in page.text
    assert "In the country: 6 Mar 2027 – 20 Mar 2027" in page.text


def test_filters_stay_in_the_address_while_people_are_nominated(browser, team, trained, records):
    trained()
    page = browser.get(f"{team}/find?q=leader&programme=JEP&free=on")
    page = browser.submit(page, "Nominate")
    assert page.address.endswith("/find?q=leader&programme=JEP&free=on")
    assert records.asked[-1].text == "leader"


def test_an_undecided_nomination_is_removed_and_put_back(browser, team, nominate):
    nominate()
    page = browser.submit(browser.get(team), "Remove")
    assert "Nobody is nominated yet" in page.text
    page = browser.submit(page, "Undo")
    assert "Neema Fictional" in page.text


def test_people_are_counted_by_state_and_gender(browser, team, nominate, trained):
    nominate(trained("Amina Fictional"))
    nominate(trained("Burak Fictional", gender="not_declared"))
    page = browser.get(team)
    assert "Nominated 2" in page.text
    assert "Women 1Men 0Another gender 0Not declared 1" in page.text
    assert "12 observers planned" in page.text


def test_somebody_expected_elsewhere_is_said_to_be(browser, team, nominate, trained, step, propose):
    person_id, other = trained(), propose(title="Referendum (fictional)")
    there = nominate(person_id, other)
    step(there, "shortlisted", "selected", mission_id=other)
    page = browser.get(f"{team}/find")
    assert "Expected elsewhereReferendum (fictional)6 Mar 2027 – 20 Mar 2027" in page.text
    nominate(person_id)
    page = browser.submit(browser.get(team), "Shortlist")
    page = browser.submit(page, "Select")
    assert page.status == 422
    assert "expected on another mission" in page.text


def test_a_polling_day_that_is_not_fixed_is_said(browser, propose, trained):
    trained()
    mission_id = propose(precision=Precision.MONTH)
    page = browser.get(f"/missions/{mission_id}/team/find")
    assert "Polling day is not fixed. In the country, as planned now: 6 Mar 2027" in page.text


def test_more_people_than_fit_are_announced(browser, team, trained, records):
    trained()
    records.more = True
    assert "Only the first 100 people are shown" in browser.get(f"{team}/find").text


def test_an_empty_answer_says_why(browser, team, records, monkeypatch):
    assert "Nobody can be found yet" in browser.get(f"{team}/find").text
    assert "Nobody matches" in browser.get(f"{team}/find?q=nobody").text
    monkeypatch.setattr("kernel.questions.credentials.CREDENTIALS._providers", {})
    assert "No training records to look in" in browser.get(f"{team}/find").text


def test_somebody_from_the_country_is_refused_with_the_reason(browser, team, trained):
    person_id = trained()
    page = browser.get(f"{team}/find")
    stranger = trained("Sione Fictional", countries=("SB",))
    form, _ = page.form("Nominate")
    next(e for e in form.iter("input") if e.get("name") == "person_id").set("value", str(stranger))
    answer = browser.submit(page, "Nominate", person_id=str(stranger))
    assert person_id != stranger
    assert answer.status == 422
    assert "Nobody observes their own country" in answer.text


def test_three_nominated_cost_the_queries_of_one(browser, team, nominate, queries):
    nominate()
    browser.get(team)
    with queries() as one:
        browser.get(team)
    nominate()
    nominate()
    with queries() as three:
        browser.get(team)
    assert len(three) == len(one)


def test_the_team_is_in_the_menu_of_a_mission_for_those_who_may_see_it(
    browser, browser_for, factory, mission_id, approver
):
    assert "Team" in browser.get(f"/missions/{mission_id}").links()
    administrator = browser_for(factory.actor(roles=["network_administrator"]))
    assert "Team" not in administrator.get(f"/missions/{mission_id}").links()
    assert administrator.get(f"/missions/{mission_id}/team").status == 403
    assert "Find people" not in browser_for(approver).get(f"/missions/{mission_id}/team").links()


def test_the_api_does_what_the_pages_do(app, tenant, planner, api_token, mission_id, trained):
    person_id = trained(free=(DEPLOYMENT,))
    client = app.test_client()
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(planner)}"},
    }
    root = f"/api/v1/missions/{mission_id}/team"
    found = client.get(f"{root}/candidates", query_string={"q": "leader"}, **options).json
    assert found["answered"] is True
    (candidate,) = found["candidates"]
    assert (candidate["freedom"], candidate["person"]["workshops"][0]["held"]) == (
        "whole",
        "2015-08",
    )
    made = client.post(root, json={"person_id": str(person_id)}, **options)
    assert (made.status_code, made.json["state"]) == (201, "nominated")
    state = f"{root}/{made.json['id']}/state"
    assert client.put(state, json={"state": "shortlisted"}, **options).status_code == 428
    options["headers"]["If-Match"] = made.headers["ETag"]
    moved = client.put(state, json={"state": "shortlisted"}, **options)
    assert moved.json["state"] == "shortlisted"
    assert client.put(state, json={"state": "selected"}, **options).status_code == 409
    options["headers"]["If-Match"] = moved.headers["ETag"]
    taken = client.put(state, json={"state": "selected"}, **options).json
    assert (taken["first"], taken["last"]) == ("2027-03-06", "2027-03-20")
    listed = client.get(root, **options).json
    assert listed["days"] == {"first": "2027-03-06", "last": "2027-03-20"}
    assert [one["person"]["name"] for one in listed["nominated"]] == ["Neema Fictional"]
    refused = client.delete(f"{root}/{made.json['id']}", **options)
    assert refused.status_code in (409, 422)


def test_consent_that_was_withdrawn_is_said_and_leaves_letting_go(
    browser, team, nominate, trained, inside
):
    person_id = trained()
    nominate(person_id)
    with inside():
        service.follow_consent(person_id, given=False)
    page = browser.get(team)
    assert "Consent withdrawn" in page.text
    assert "They go no further unless they agree again" in page.text
    assert "Shortlist" not in [button.text for button in page.document.iter("button")]
    page = browser.submit(page, "Withdraw")
    assert "Consent withdrawn" not in page.text
