"""Who leaves an organisation loses what it opened in the same moment; what she wrote stays hers."""

import pytest
from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.identity.models import Affiliation
from network.groups import queries as groups
from tests.factories.network import make_group, make_topic


@pytest.fixture
def keeper(factory, namibia):
    """The administrator of the body in Africa."""
    return factory.actor("Keeper Fictional", organisation=namibia, roles=["emb_administrator"])


@pytest.fixture
def affiliation_of(acting, keeper):
    """The id of somebody's affiliation."""

    def find(actor):
        with acting(keeper):
            held = select(Affiliation.id).where(Affiliation.person_id == actor.person_id)
            return db.session.scalars(held).one()

    return find


def test_an_affiliation_that_ends_takes_session_token_and_groups_with_it_at_once(
    app,
    tenant,
    browser_for,
    api_token,
    acting,
    administrator,
    keeper,
    namibia,
    selma,
    affiliation_of,
):
    with acting(administrator):
        group = make_group(administrator, administrator, [selma])
        topic = make_topic(selma, group)
    session, reader = browser_for(selma), browser_for(administrator)
    program, address = app.test_client(), f"/network/discussions/{topic.id}"
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(selma)}"},
    }
    path = f"/api/v1/directory/people/{selma.person_id}"
    assert session.get(address).status == 200
    assert program.get(path, **options).status_code == 200
    keeping = browser_for(keeper)
    page = keeping.get(f"/organisations/{namibia.id}/people")
    assert "Selma Fictional" in page.text
    done = keeping.submit(page, "End access now")
    assert "Access to the organisation has ended." in done.text
    affiliation_of(selma)
    # No job has run yet: the very next requests find the doors closed.
    assert session.get(address).status != 200
    assert program.get(path, **options).status_code == 401
    with acting(administrator):
        assert not groups.is_current_member(group.id, selma.person_id)
    post = reader.get(address)
    assert "Selma Fictional" in post.text
    assert "Former" in post.text
    assert "Former" in reader.get(f"/network/people/{selma.person_id}").text


def test_a_job_title_is_changed_by_who_looks_after_the_organisation(
    browser_for, acting, keeper, namibia, selma, mere
):
    browser = browser_for(keeper)
    page = browser.get(f"/organisations/{namibia.id}/people")
    form = browser.get(page.links()["Job title Selma Fictional"])
    done = browser.submit(form, "Save", job_title="Director of Operations")
    assert "The job title was saved." in done.text
    assert (
        "Director of Operations" in browser_for(mere).get(f"/network/people/{selma.person_id}").text
    )
    with acting(keeper):
        [entry] = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "affiliation.changed")
        )
        assert "Director" not in str(entry.after)


def test_two_people_changing_a_job_title_see_both_versions(
    browser_for, administrator, keeper, affiliation_of, selma
):
    path = f"/affiliations/{affiliation_of(selma)}"
    first, second = browser_for(keeper), browser_for(administrator)
    mine, theirs = first.get(path), second.get(path)
    second.submit(theirs, "Save", job_title="Director of Training")
    late = first.submit(mine, "Save", job_title="Trainer")
    assert late.status == 409
    assert "Director of Training" in late.text
    assert "Trainer" in late.text
    kept = first.submit(late, "Save mine over theirs")
    assert "The job title was saved." in kept.text


def test_nobody_else_changes_a_job_title(browser_for, factory, fiji, affiliation_of, selma, mere):
    path = f"/affiliations/{affiliation_of(selma)}"
    other = factory.actor(organisation=fiji, roles=["emb_administrator"])
    assert browser_for(other).get(path).status == 404
    assert browser_for(mere).get(path).status == 403


def test_the_api_lists_changes_and_ends_as_the_page_does(
    app, tenant, api_token, keeper, namibia, selma, affiliation_of
):
    client = app.test_client()
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(keeper)}"},
    }
    listed = client.get(f"/api/v1/organisations/{namibia.id}/people", **options).json
    assert [one["name"] for one in listed] == ["Keeper Fictional", "Selma Fictional"]
    path = f"/api/v1/affiliations/{affiliation_of(selma)}"
    assert client.put(path, json={"job_title": "Trainer"}, **options).status_code == 428
    options["headers"]["If-Match"] = client.get(path, **options).headers["ETag"]
    changed = client.put(path, json={"job_title": "Trainer"}, **options)
    assert changed.json["job_title"] == "Trainer"
    assert client.put(path, json={"job_title": "Tutor"}, **options).status_code == 409
    options["headers"]["If-Match"] = changed.headers["ETag"]
    assert client.delete(path, **options).status_code == 204
    assert client.put(path, json={"job_title": "Trainer"}, **options).status_code == 404
