"""Administrators read the trail, narrow it and take it along."""

from datetime import UTC, datetime

import pytest

from kernel.admin.trail import queries
from kernel.admin.trail.queries import EntriesWanted
from kernel.audit import chain, record
from kernel.audit.keys import destroy_key
from kernel.db import db
from kernel.identity.models import Person
from kernel.values import clock


@pytest.fixture
def organisation(factory):
    return factory.organisation("=Electoral Commission")


@pytest.fixture
def administrator(factory, organisation):
    return factory.actor(
        "Adaeze Fictional", organisation=organisation, roles=["network_administrator"]
    )


@pytest.fixture
def colleague(factory, organisation):
    return factory.actor("Béatrice Fictional", organisation=organisation)


@pytest.fixture
def history(inside, organisation, administrator, colleague):
    """Three entries: by the administrator, by the service, about a person."""
    with clock.frozen(datetime(2026, 11, 1, 12, tzinfo=UTC)), inside():
        record(
            administrator,
            "organisation.changed",
            organisation,
            before={"region": "africa"},
            after={"region": "pacific"},
        )
        chain.seal()
    with clock.frozen(datetime(2026, 11, 2, 23, 30, tzinfo=UTC)), inside():
        record(None, "organisation.created", organisation)
    with clock.frozen(datetime(2026, 11, 3, 12, tzinfo=UTC)), inside():
        person = db.session.get(Person, (colleague.tenant_id, colleague.person_id))
        record(
            administrator,
            "person.changed",
            person,
            before={"name": "Bea"},
            after={"name": "Béatrice"},
            personal=["name"],
        )


def actions(**wanted):
    found = queries.entries(EntriesWanted(**{"zone": "UTC", **wanted}))
    return [line.action for line in found.items]


def test_the_newest_entry_stands_first(inside, history):
    with inside():
        assert actions() == ["person.changed", "organisation.created", "organisation.changed"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"actor": "ADAEZE"}, ["person.changed", "organisation.changed"]),
        ({"action": "organisation"}, ["organisation.created", "organisation.changed"]),
        ({"object": "electoral"}, ["organisation.created", "organisation.changed"]),
        ({"object": "person"}, ["person.changed"]),
        ({"first": datetime(2026, 11, 3).date()}, ["person.changed"]),  # noqa: DTZ001
        ({"last": datetime(2026, 11, 1).date()}, ["organisation.changed"]),  # noqa: DTZ001
        (
            # 23:30 UTC is the next day in Auckland.
            {"zone": "Pacific/Auckland", "last": datetime(2026, 11, 2).date()},  # noqa: DTZ001
            ["organisation.changed"],
        ),
    ],
)
def test_the_trail_is_narrowed(inside, history, wanted, found):
    with inside():
        assert actions(**wanted) == found


def test_personal_values_are_read_until_the_person_is_erased(inside, history, colleague):
    def change():
        [line] = queries.entries(EntriesWanted("UTC", action="person")).items
        return line.object_label, line.changes[0].before, line.changes[0].after

    with inside():
        assert change() == ("Béatrice Fictional", "Bea", "Béatrice")
        destroy_key(colleague.person_id)
        assert change() == ("", None, None)


def test_the_page_shows_who_did_what_and_what_is_not_sealed(browser_for, history, administrator):
    page = browser_for(administrator).get("/admin/audit")
    assert "3 entries" in page.text
    assert "africa → pacific" in page.text
    assert "The service" in page.text
    assert page.text.count("Not sealed yet") == 2


def test_the_trail_is_read_in_words_and_narrowed_by_them(browser_for, history, administrator):
    browser = browser_for(administrator)
    page = browser.get("/admin/audit")
    assert "Member organisation changed" in page.text
    assert "organisation.changed" not in page.text
    page = browser.submit(page, "Apply", action="organisation.created")
    assert "1 entry" in page.text
    assert "Organisation" in page.text


def test_an_action_without_words_any_more_stays_chosen(browser_for, history, administrator):
    page = browser_for(administrator).get("/admin/audit?action=organisation.")
    assert "2 entries" in page.text
    assert '<option value="organisation." selected>' in page.html


def test_a_filter_that_cannot_be_understood_is_left_aside(browser_for, history, administrator):
    page = browser_for(administrator).get("/admin/audit?first=soon&action=person")
    assert "1 entry" in page.text


def test_the_export_holds_what_is_filtered_and_no_formula(browser_for, history, administrator):
    answer = browser_for(administrator).get("/admin/audit/export.csv?action=organisation")
    lines = answer.response.get_data(as_text=True).splitlines()
    assert len(lines) == 3
    assert (
        '"Member organisation taken in","organisation.created","Organisation","organisation"'
        in lines[1]
    )
    assert '"\'=Electoral Commission"' in lines[1]
    assert "attachment" in answer.response.headers["Content-Disposition"]


def test_an_export_is_whole_or_refused(browser_for, history, administrator, monkeypatch):
    browser = browser_for(administrator)
    monkeypatch.setattr(queries, "EXPORTED", 3)
    whole = browser.get("/admin/audit/export.csv")
    assert len(whole.response.get_data(as_text=True).splitlines()) == 4
    monkeypatch.setattr(queries, "EXPORTED", 2)
    refused = browser.get("/admin/audit/export.csv")
    assert refused.status == 422
    assert "At most 2 entries are saved at once." in refused.text


def test_the_trail_is_for_administrators(browser_for, history, colleague):
    browser = browser_for(colleague)
    assert browser.get("/admin/audit").status == 403
    assert browser.get("/admin/audit/export.csv").status == 403


def test_the_trail_through_the_api(app, tenant, history, administrator, api_token):
    found = app.test_client().get(
        "/api/v1/audit?action=organisation.changed",
        base_url=f"http://{tenant.host}",
        headers={"Authorization": f"Bearer {api_token(administrator)}"},
    )
    [entry] = found.json["items"]
    assert entry["changes"] == [{"name": "region", "before": "africa", "after": "pacific"}]
    assert entry["sealed"] is True
