"""The database goes away while people work: nothing typed is lost, and nothing is half done."""

from contextlib import contextmanager

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import NullPool, create_engine, event

from kernel.db import db
from kernel.fields import describe
from network.groups.models import Group
from tests.contracts.test_refusals import schemas


@pytest.fixture
def database_away(app):
    """`with database_away():` no connection can be opened, and none is left."""

    def refuse(*_arguments):
        raise psycopg.OperationalError("connection refused")

    @contextmanager
    def block():
        with app.app_context():
            engine = db.engine
        engine.dispose()
        event.listen(engine, "do_connect", refuse)
        try:
            yield
        finally:
            event.remove(engine, "do_connect", refuse)

    return block


@pytest.fixture
def administrator(factory):
    return factory.actor("Nia Admin", roles=["network_administrator"])


def test_a_form_sent_while_the_database_is_away_gives_back_what_was_typed(
    browser_for, administrator, database_away
):
    browser = browser_for(administrator)
    form = browser.get("/network/groups/new")
    with database_away():
        page = browser.submit(form, name="Voter registration", purpose="To compare inks")
    assert page.status == 503
    assert int(page.response.headers["Retry-After"]) > 0
    assert "Voter registration" in page.html
    assert "To compare inks" in page.html


def given_back(page):
    """What the page shows of what was typed, by the labels it stands under."""
    labels = {each.get("for"): each.text_content() for each in page.document.iter("label")}
    return {labels[box.get("id")]: box.text.strip() for box in page.document.iter("textarea")}


def test_what_was_typed_and_chosen_stands_under_the_labels_of_the_form(
    browser_for, administrator, database_away
):
    browser = browser_for(administrator)
    form = browser.get("/network/groups/new")
    with database_away():
        page = browser.submit(form, name="Voter registration", kind="cohort")
    shown = given_back(page)
    assert shown["Name of the group"] == "Voter registration"
    assert shown["Kind of group"] == "Cohort"
    chair = str(administrator.person_id)
    assert chair not in shown.values()
    assert f'value="{chair}"' in page.html, "it is sent again"


def test_every_schema_can_tell_its_labels_without_a_database(app):
    with app.test_request_context():
        for schema in schemas():
            describe(schema())


def test_the_same_form_can_be_sent_again_from_that_page_and_counts_once(
    browser_for, inside, administrator, database_away
):
    browser = browser_for(administrator)
    form = browser.get("/network/groups/new")
    with database_away():
        page = browser.submit(form, name="Voter registration", purpose="To compare inks")
    page = browser.submit(page, "Try again")
    assert page.status == 200
    assert "Voter registration" in page.title
    with inside():
        assert db.session.scalars(sa.select(Group.name)).all() == ["Voter registration"]


def test_passwords_are_never_given_back(browser_for, database_away):
    browser = browser_for()
    form = browser.get("/sign-in")
    with database_away():
        page = browser.submit(form, address="someone@example.org", password="polling day")
    assert page.status == 503
    assert "someone@example.org" in page.html
    assert "polling day" not in page.html


def test_neither_the_present_nor_the_new_password_is_given_back(
    browser_for, administrator, database_away
):
    browser = browser_for(administrator)
    form = browser.get("/account/password")
    with database_away():
        page = browser.submit(form, current="polling day", password="counting day")
    assert page.status == 503
    assert "polling day" not in page.html
    assert "counting day" not in page.html


def test_programs_are_told_to_come_back(app, tenant, administrator, api_token, database_away):
    headers = {"Authorization": f"Bearer {api_token(administrator)}"}
    with database_away():
        answer = app.test_client().get(
            "/api/v1/groups", base_url=f"http://{tenant.host}", headers=headers
        )
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0


def test_connections_that_were_cut_are_replaced_unnoticed(browser_for, administrator, server):
    browser = browser_for(administrator)
    assert browser.get("/network/groups").status == 200
    engine = create_engine(server.superuser_url("comitia"), poolclass=NullPool)
    with engine.connect() as connection:
        cut = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'comitia_app'"
        assert connection.execute(sa.text(cut)).all()
    assert browser.get("/network/groups").status == 200
