"""One's own record, through both doors."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import NotFound, Refused
from kernel.events.people import ConsentChanged
from kernel.questions.credentials import Purpose
from kernel.values import clock
from tests.training.alumni.conftest import A_MINUTE
from training.alumni import queries, service
from training.alumni.models import Availability, Consent
from training.certificates.service import start_issuing


@pytest.fixture
def next_year():
    """A day that lies ahead, whenever the test runs."""
    return date(clock.now().year + 1, 3, 1)


def actions(inside):
    with inside():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def state(inside, actor):
    with inside():
        return queries.record_of(actor.person_id).state


def rows(page):
    """The cells of the page's table, line by line."""
    body = page.document.find(".//tbody")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in body]


def test_a_record_shows_what_the_organiser_attests(browser_for, alumna, attended):
    attended(alumna, minutes=A_MINUTE, title="Younger workshop", year=2016, month=None)
    page = browser_for(alumna).get("/training/alumni/me")
    assert rows(page) == [
        ["Younger workshop", "JEP", "2016", "Botswana", "1", "1,200", "Not reached"],
        ["Electoral leadership", "JEP", "August 2015", "Botswana", "960", "1,200", "Earned"],
    ]


def test_her_certificates_lead_to_the_document_and_to_what_others_see(
    browser_for, alumna, attended, inside, officer, run_jobs
):
    workshop_id = attended(alumna, title="Certified", year=2018)
    attended(alumna, minutes=A_MINUTE, title="Too short", year=2019)
    browser = browser_for(alumna)
    assert "My certificates" not in browser.get("/training/alumni/me").text
    with inside():
        start_issuing(officer, workshop_id)
    run_jobs()
    page = browser.get("/training/alumni/me")
    assert "Issued August 2018" in page.text.replace("IssuedAugust", "Issued August")
    assert browser.get(page.links()["Certified (PDF)"]).response.mimetype == "application/pdf"
    (code,) = [address for address in page.links().values() if address.startswith("/verify/")]
    assert "Neema" not in browser_for().get(code).text


def test_somebody_who_took_part_in_nothing_is_told_when_a_record_opens(browser_for, factory):
    page = browser_for(factory.actor()).get("/training/alumni/me")
    assert "You have no record yet" in page.text
    assert "Add these days" not in page.html


def test_a_record_becomes_active_when_its_person_confirms_it(browser_for, alumna, inside):
    browser = browser_for(alumna)
    page = browser.get("/training/alumni/me")
    assert "Not confirmed yet" in page.text
    page = browser.submit(page, "Confirm my record")
    assert "Not confirmed yet" not in page.text
    browser.post("/training/alumni/me/confirm", data={"csrf_token": _csrf(page)})
    assert state(inside, alumna) == "active"
    assert actions(inside).count("alumni_record.confirmed") == 1


def test_days_are_added_joined_and_taken_back(browser_for, alumna, inside, next_year):
    browser = browser_for(alumna)
    page = browser.get("/training/alumni/me")
    for first, last in ((1, 5), (6, 9)):
        page = browser.submit(
            page,
            "Add these days",
            starts_on=next_year.replace(day=first).isoformat(),
            ends_on=next_year.replace(day=last).isoformat(),
        )
    assert f"1 March {next_year.year} – 9 March {next_year.year}" in page.text
    assert page.html.count("Take back") == 1
    assert state(inside, alumna) == "active"
    page = browser.submit(page, "Take back")
    assert "You have not said when you could go." in page.text
    assert {"availability.stated", "availability.removed"} <= set(actions(inside))


def test_days_in_the_past_are_refused_and_what_was_typed_is_kept(browser_for, alumna):
    browser = browser_for(alumna)
    page = browser.submit(
        browser.get("/training/alumni/me"),
        "Add these days",
        starts_on="2020-01-01",
        ends_on="2020-01-09",
    )
    assert page.status == 422
    assert page.errors == ["Enter a first day that is not in the past."]
    assert 'value="2020-01-09"' in page.html


def test_consent_is_dated_withdrawn_and_audited(browser_for, alumna, inside):
    browser = browser_for(alumna)
    page = browser.submit(browser.get("/training/alumni/me"), "I agree")
    assert "Since " in page.text
    page = browser.submit(page, "Withdraw")
    assert "you are no longer found" in page.text
    with inside():
        (given,) = db.session.scalars(select(Consent))
        assert given.withdrawn_at > given.given_at
    assert [a for a in actions(inside) if a.startswith("consent")] == [
        "consent.given",
        "consent.withdrawn",
    ]


def test_saying_the_same_again_changes_nothing(alumna, agree, inside, next_year):
    for _ in range(2):
        agree(alumna)
        with inside():
            service.add_availability(alumna, starts_on=next_year, ends_on=next_year)
    agree(alumna, False)
    agree(alumna, False)
    assert [a for a in actions(inside) if a.startswith(("consent", "availability"))] == [
        "consent.given",
        "availability.stated",
        "consent.withdrawn",
    ]


def test_nobody_takes_back_the_days_of_another(alumna, factory, attended, inside, next_year):
    other = factory.actor("Other Fictional")
    attended(other)
    with inside():
        row = service.add_availability(alumna, starts_on=next_year, ends_on=next_year)
    with inside(), pytest.raises(NotFound):
        service.remove_availability(other, row.id)


def test_without_a_record_nothing_can_be_stated(factory, inside, next_year):
    nobody = factory.actor()
    for act in (
        lambda: service.add_availability(nobody, starts_on=next_year, ends_on=next_year),
        lambda: service.set_consent(nobody, purpose=Purpose.MISSIONS, given=True),
        lambda: service.confirm_record(nobody),
    ):
        with inside(), pytest.raises(Refused):
            act()


def test_the_database_keeps_two_periods_of_one_person_apart(alumna, inside, next_year):
    def row(first, last):
        return Availability(
            person_id=alumna.person_id,
            starts_on=next_year.replace(day=first),
            ends_on=next_year.replace(day=last),
        )

    with inside():
        db.session.add_all([row(1, 5), row(6, 9)])
    with inside():
        db.session.add(row(9, 12))
        with pytest.raises(IntegrityError, match="ex_alumni_availability_overlap"):
            db.session.flush()
        db.session.rollback()


def test_the_api_does_what_the_page_does(app, alumna, api_token, tenant, next_year):
    client = app.test_client()
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(alumna)}"},
    }
    root = "/api/v1/alumni/me"
    days = {
        "starts_on": next_year.isoformat(),
        "ends_on": (next_year + timedelta(9)).isoformat(),
    }
    added = client.post(f"{root}/availability", json=days, **options)
    assert added.status_code == 201
    allowed = client.put(f"{root}/consent", json={"purpose": "missions", "given": True}, **options)
    assert [given["purpose"] for given in allowed.json["consents"]] == ["missions"]
    found = client.get(root, **options).json
    assert found["state"] == "active"
    assert found["availability"] == [{"id": added.json["id"], **days}]
    (attested,) = found["attested"]
    assert (attested["held"], attested["attended_minutes"], attested["earned_certificate"]) == (
        "2015-08",
        960,
        True,
    )
    gone = client.delete(f"{root}/availability/{added.json['id']}", **options)
    assert gone.status_code == 204
    refused = client.post(f"{root}/availability", json={**days, "ends_on": "2020-01-01"}, **options)
    assert refused.status_code == 422
    assert list(refused.json["errors"]) == ["ends_on"]


def test_the_api_has_no_record_of_somebody_who_took_part_in_nothing(
    app, factory, api_token, tenant
):
    answer = app.test_client().get(
        "/api/v1/alumni/me",
        base_url=f"http://{tenant.host}",
        headers={"Authorization": f"Bearer {api_token(factory.actor())}"},
    )
    assert answer.status_code == 404


def _csrf(page):
    return next(
        e.get("value") for e in page.document.iter("input") if e.get("name") == "csrf_token"
    )


def test_whoever_keeps_something_on_her_consent_is_told_when_it_changes(agree, alumna, monkeypatch):
    told = []
    monkeypatch.setattr("training.alumni.service.statements.emit", told.append)
    agree(alumna)
    agree(alumna)
    agree(alumna, False)
    assert told == [
        ConsentChanged(alumna.person_id, "missions", given=True),
        ConsentChanged(alumna.person_id, "missions", given=False),
    ]
