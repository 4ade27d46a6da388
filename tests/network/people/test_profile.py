"""What a person says of herself: written by her, seen by whom she chose, on every surface."""

from datetime import date

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, select
from sqlalchemy import text as sql

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.db.migrations import migration_config
from kernel.errors import Conflict, Refused
from kernel.events import emit
from kernel.events.people import AffiliationEnded, PersonErased
from kernel.identity.models import Affiliation
from kernel.search import Entry, Narrowed, index, search
from kernel.values import clock
from network.people import queries, service
from network.people.rules import Audience, Field, Level
from tests.conftest import DATABASE
from tests.factories.network import end_affiliations, make_group
from tests.network.people.conftest import SAYS

API = "/api/v1/directory"


def content(page):
    """What stands in the middle of a page, without the sidebar."""
    return "".join(page.document.find(".//main").itertext())


@pytest.fixture
def found(acting):
    """Whom somebody finds under some words."""

    def find(actor, words):
        with acting(actor):
            return [hit.title for hit in search(actor, words) if hit.kind == "person"]

    return find


def test_a_profile_is_filled_in_and_changed_on_its_page(browser_for, selma):
    browser = browser_for(selma)
    page = browser.submit(
        browser.get("/network/people/me"),
        "Save",
        position="Head of training",
        expertise="Voter education\nResults",
        language_1="fr",
        level_1="fluent",
        phone="+264 61 123 456",
        sees_phone="network",
    )
    for text in (
        "Your profile was saved.",
        "Head of training",
        "French (Fluent)",
        "+264 61 123 456",
    ):
        assert text in page.text
    again = browser.submit(browser.get("/network/people/me"), "Save", language_1="", level_1="")
    assert "French" not in again.text
    assert "Voter education" in again.text


def test_what_was_typed_is_kept_when_a_profile_is_refused(browser_for, selma):
    browser = browser_for(selma)
    page = browser.submit(
        browser.get("/network/people/me"),
        "Save",
        about="A long text",
        language_2="sw",
        phone="call me",
    )
    assert page.status == 422
    assert page.errors == [
        "Enter a telephone number with the code of its country, such as +264 61 123 456."
    ]
    assert "A long text" in page.html
    page = browser.submit(page, "Save", phone="")
    assert page.errors == ["Choose how well you know this language."]


def test_two_windows_do_not_overwrite_each_other(browser_for, selma):
    browser = browser_for(selma)
    first, second = browser.get("/network/people/me"), browser.get("/network/people/me")
    browser.submit(first, "Save", about="From the first window.")
    refused = browser.submit(second, "Save", about="From the second window.")
    assert refused.status == 409
    assert "From the first window." in refused.text
    assert "From the second window." in refused.text


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        ([("fr", None)], "Choose how well you know this language."),
        ([(None, Level.BASIC)], "Choose the language this level is of."),
        (
            [("fr", Level.BASIC), ("fr", Level.FLUENT)],
            "This language is named twice. Name it once.",
        ),
    ],
)
def test_a_language_needs_a_level_and_is_named_once(acting, selma, languages, message):
    with acting(selma), pytest.raises(Refused, match=message):
        service.change_profile(selma, version=0, **{**SAYS, "languages": languages})


def test_a_profile_saved_on_an_older_version_is_refused(says, acting, selma):
    says(selma)
    with acting(selma), pytest.raises(Conflict):
        service.change_profile(selma, version=0, **SAYS)


def test_a_change_is_audited_with_its_words_sealed(says, inside, selma):
    says(selma)
    with inside():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "profile.changed")
        ).one()
        assert entry.about_id == selma.person_id
        assert "statistics" not in str(entry.after)


@pytest.mark.parametrize("field", [f for f in Field if f is not Field.GROUPS])
@pytest.mark.parametrize("audience", Audience)
def test_a_field_is_on_no_surface_for_who_is_not_among_its_audience(
    acting, says, selma, tomas, mere, field, audience
):
    says(selma, audiences={field: audience})
    for reader, sees in (
        (selma, True),
        (tomas, audience is not Audience.NOBODY),
        (mere, audience is Audience.NETWORK),
    ):
        with acting(reader):
            assert (field in service.seen(reader, selma.person_id).fields) is sees


def test_the_api_leaves_out_what_one_may_not_see(app, tenant, api_token, says, selma, tomas, mere):
    says(selma)
    for reader, seen in ((tomas, True), (mere, False)):
        answer = app.test_client().get(
            f"{API}/people/{selma.person_id}",
            base_url=f"http://{tenant.host}",
            headers={"Authorization": f"Bearer {api_token(reader)}"},
        )
        body = answer.get_json()
        assert body["position"] == "Head of voter registration"
        assert body["languages"] == [{"language": "fr", "level": "fluent"}]
        assert ("phone" in body, "address" in body) == (seen, seen)


def test_a_profile_is_changed_through_the_api_on_the_version_that_was_read(
    app, tenant, api_token, mere
):
    client = app.test_client()
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(mere)}"},
    }
    read = client.get(f"{API}/me", **options)
    assert read.headers["ETag"] == '"0"'
    body = {
        "position": "Focal point",
        "languages": [{"language": "fj", "level": "native"}],
        "audiences": {"languages": "organisation"},
    }
    assert client.put(f"{API}/me", json=body, **options).status_code == 428
    options["headers"]["If-Match"] = read.headers["ETag"]
    saved = client.put(f"{API}/me", json=body, **options).get_json()
    assert saved["languages"] == body["languages"]
    assert saved["audiences"]["languages"] == "organisation"
    assert saved["audiences"]["address"] == "organisation"


def test_one_sees_oneself_as_others_do(browser_for, inside, administrator, says, selma, mere):
    says(selma, audiences={Field.PHONE: Audience.GROUPS, Field.ABOUT: Audience.NOBODY})
    with inside():
        make_group(administrator, selma, [mere], name="Secret plans (fictional)")
    browser = browser_for(selma)
    own = browser.get(f"/network/people/{selma.person_id}")
    assert "I came by way of statistics." in own.text
    everybody = content(browser.get(own.links()["Everybody in the network"]))
    for text in ("statistics", "+264", "@example.org", "Secret plans"):
        assert text not in everybody
    grouped = content(browser.get(own.links()["People in my groups, and my organisation"]))
    assert "+264 61 123 456" in grouped
    assert "Secret plans" in grouped


def test_nobody_sees_another_person_as_somebody_else(browser_for, says, selma, mere):
    says(selma)
    page = browser_for(mere).get(f"/network/people/{selma.person_id}?as=organisation")
    assert "+264" not in page.text
    assert "See this page as others do" not in page.text


def test_people_are_found_by_name_organisation_and_what_everybody_may_read(
    says, found, selma, mere
):
    says(selma, audiences={Field.POSITION: Audience.ORGANISATION})
    assert found(mere, "selma") == ["Selma Fictional"]
    assert found(mere, "Namibia") == ["Selma Fictional"]
    assert found(mere, "biometric") == ["Selma Fictional"]
    for hidden in ("registration", "statistics", "264"):
        assert found(mere, hidden) == []


def test_expertise_that_is_hidden_again_is_found_no_more(says, found, selma, mere):
    says(selma)
    says(selma, audiences={Field.EXPERTISE: Audience.GROUPS})
    assert found(mere, "biometric") == []


def test_who_left_is_found_no_more(says, found, inside, run_jobs, selma, namibia, mere):
    says(selma)
    with inside():
        end_affiliations(selma)
        emit(AffiliationEnded(selma.person_id, namibia.id, clock.now()))
    run_jobs()
    assert found(mere, "selma") == []


def test_who_was_erased_leaves_no_profile(says, inside, run_jobs, found, selma, mere):
    says(selma)
    with inside():
        end_affiliations(selma)
        emit(PersonErased(selma.person_id))
    run_jobs()
    with inside():
        assert queries.profile_of(selma.person_id) is None
    assert found(mere, "biometric") == []


def test_a_new_name_is_found_soon_after(browser_for, run_jobs, says, found, selma, mere):
    says(selma)
    browser = browser_for(selma)
    browser.submit(browser.get("/account/profile"), "Save", name="Selma Newname")
    run_jobs()
    assert found(mere, "Newname") == ["Selma Newname"]


def test_people_are_found_by_the_country_of_the_organisation_they_came_to_first(
    acting, selma, mere, inside, fiji
):
    with inside():
        db.session.add(
            Affiliation(
                person_id=selma.person_id, organisation_id=fiji.id, began_on=date(2024, 1, 1)
            )
        )
    with acting(mere):
        service.make_people_findable([selma.person_id, mere.person_id])
    with acting(mere):
        for country, name in (("NA", "Selma Fictional"), ("FJ", "Mere Fictional")):
            hits = search(mere, "Fictional", narrowed=Narrowed(country=country))
            assert [hit.title for hit in hits if hit.kind == "person"] == [name]


def test_people_found_before_countries_were_kept_get_theirs_with_the_migration(
    acting, server, tenant, selma, mere
):
    with acting(mere):
        index(Entry("person", selma.person_id, "Selma Fictional"))
    script = ScriptDirectory.from_config(migration_config("")).get_revision("0204")
    engine = create_engine(server.superuser_url(DATABASE), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sql("set local role comitia_owner"))
        connection.execute(
            sql("select set_config('comitia.tenant', :tenant, true)"), {"tenant": str(tenant.id)}
        )
        connection.execute(sql(script.module.PEOPLE_IN_COUNTRIES))
    with acting(mere):
        [hit] = search(mere, "Selma", narrowed=Narrowed(country="NA"))
        assert hit.title == "Selma Fictional"
