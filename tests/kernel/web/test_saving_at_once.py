"""Of two who save a record at the same moment, the second sees what the first saved, and decides."""

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.identity.models import Affiliation


@pytest.fixture
def emb(factory):
    return factory.organisation("Electoral Commission of Ghana", country="GH")


@pytest.fixture
def focal_point(factory, emb):
    return factory.actor("Efua Fictional", organisation=emb, roles=["focal_point"])


@pytest.fixture
def row(focal_point):
    """`row()` is the affiliation both are saving."""
    statement = select(Affiliation).where(Affiliation.person_id == focal_point.person_id)
    return lambda: db.session.scalars(statement).one()


@pytest.fixture
def affiliation_id(inside, row):
    with inside():
        return row().id


@pytest.fixture
def while_other_saves(inside, row, at_once):
    """`while_other_saves(act)` acts between somebody's writing and her commit."""

    def run(act):
        with inside():
            row().role = "Director, they say"
            db.session.flush()
            second = at_once(act)
        return second.end()

    return run


def test_a_form_shows_both_versions_and_saves_hers_over_theirs(
    focal_point, affiliation_id, browser_for, while_other_saves, inside, row
):
    browser = browser_for(focal_point)
    form = browser.get(f"/affiliations/{affiliation_id}")
    page = while_other_saves(lambda: browser.submit(form, "Save", job_title="Clerk, I say"))
    assert page.status == 409
    assert "Director, they say" in page.text
    assert "Clerk, I say" in page.text
    assert "was saved" not in page.text
    saved = browser.submit(page, "Save mine over theirs")
    assert saved.text.count("The job title was saved.") == 1
    with inside():
        assert row().role == "Clerk, I say"


def test_the_api_tells_what_stands_now_and_its_version(
    focal_point, affiliation_id, browser_for, api_token, while_other_saves, inside, row
):
    path = f"/api/v1/affiliations/{affiliation_id}"
    client = browser_for().client
    headers = {"Authorization": f"Bearer {api_token(focal_point)}", "If-Match": '"1"'}
    base = browser_for().base_url
    answer = while_other_saves(
        lambda: client.put(path, json={"job_title": "Mine"}, headers=headers, base_url=base)
    )
    assert answer.status_code == 409
    assert answer.json["current"] == {"job_title": "Director, they say", "version": "2"}
    with inside():
        assert row().role == "Director, they say"


def test_a_press_that_names_no_version_is_carried_out_on_what_stands(
    focal_point, emb, affiliation_id, factory, browser_for, while_other_saves, inside, row
):
    """It is checked anew, and its message stands on the page once."""
    browser = browser_for(factory.actor("Ada Fictional", roles=["network_administrator"]))
    people = browser.get(f"/organisations/{emb.id}/people")
    ended = while_other_saves(lambda: browser.submit(people, "End access now"))
    assert ended.text.count("Access to the organisation has ended.") == 1
    with inside():
        assert row().ended_at is not None
        assert row().role == "Director, they say"
