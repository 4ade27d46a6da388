"""Administrators see everybody and give and take roles; the last administrator stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from kernel.accounts.models import Invitation
from kernel.accounts.services import invitations
from kernel.admin.people import queries, service
from kernel.admin.people.queries import PeopleWanted
from kernel.admin.people.rules import Access
from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import Forbidden, NotFound, Refused
from kernel.identity.administrators import other_administrators
from kernel.identity.models import Account, Affiliation, Membership, Organisation
from kernel.values import clock
from tests.factories.network import end_affiliations


@pytest.fixture
def secretariat(factory):
    return factory.organisation("Secretariat", kind="secretariat")


@pytest.fixture
def administrator(factory, secretariat):
    return factory.actor(
        "Adaeze Fictional",
        organisation=secretariat,
        roles=["network_administrator"],
        password_hash="x",
    )


@pytest.fixture
def colleague(factory, secretariat):
    return factory.actor("Béatrice Fictional", organisation=secretariat, password_hash="x")


def grants(person):
    return {grant.role: grant.id for grant in queries.grants(person.person_id)}


def listed(**wanted):
    return [line.name for line in queries.people(PeopleWanted(**wanted)).items]


def test_people_are_found_by_name_without_accents_or_by_address(inside, administrator, colleague):
    with inside():
        assert listed() == ["Adaeze Fictional", "Béatrice Fictional"]
        assert listed(q="BEATRICE") == ["Béatrice Fictional"]
        address = queries.person(administrator.person_id).address
        assert listed(q=address.upper()) == ["Adaeze Fictional"]


def test_people_are_narrowed_by_role_organisation_and_access(
    inside, factory, administrator, colleague, secretariat
):
    factory.actor("Guest Fictional")
    with inside():
        assert listed(role="network_administrator") == ["Adaeze Fictional"]
        assert listed(organisation_id=secretariat.id) == ["Adaeze Fictional", "Béatrice Fictional"]
        assert listed(access=Access.EXPIRED) == ["Guest Fictional"]
        assert listed(access=Access.FORMER) == []


def test_a_page_beyond_the_last_is_the_last(inside, administrator):
    with inside():
        assert queries.people(PeopleWanted(page=9)).page == 1


def test_a_role_given_opens_its_doors_and_is_on_the_trail(
    inside, factory, administrator, colleague, secretariat
):
    assert not colleague.can("kernel:audit:see")
    with inside():
        service.grant_role(
            administrator,
            colleague.person_id,
            role="network_administrator",
            organisation_id=secretariat.id,
        )
    assert factory.reload(colleague.person_id).can("kernel:audit:see")
    with inside():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "role.granted")
        ).one()
        assert entry.actor_id == administrator.person_id
        assert entry.after["role"] == "network_administrator"


def test_a_personal_role_has_no_organisation(inside, administrator, colleague, secretariat):
    with inside():
        grant = service.grant_role(
            administrator, colleague.person_id, role="alumnus", organisation_id=secretariat.id
        )
        assert grant.organisation_id is None


@pytest.mark.parametrize(
    ("role", "field"),
    [
        ("emperor", "role"),
        ("member", "role"),
        ("guest", "role"),
        ("focal_point", "organisation_id"),
    ],
)
def test_a_role_that_cannot_be_held_is_refused_at_its_field(
    inside, factory, administrator, colleague, role, field
):
    elsewhere = factory.organisation()
    with inside():
        with pytest.raises(Refused) as refused:
            service.grant_role(
                administrator, colleague.person_id, role=role, organisation_id=elsewhere.id
            )
        assert refused.value.field == field


def test_a_role_is_given_once(inside, administrator, secretariat):
    with inside(), pytest.raises(Refused, match="already"):
        service.grant_role(
            administrator,
            administrator.person_id,
            role="network_administrator",
            organisation_id=secretariat.id,
        )


def test_a_role_taken_back_closes_its_doors(inside, factory, administrator, secretariat):
    other = factory.actor(organisation=secretariat, roles=["focal_point"])
    with inside():
        service.revoke_role(administrator, other.person_id, grants(other)["focal_point"])
    assert not factory.reload(other.person_id).can("kernel:people:admit")


def test_the_last_network_administrator_cannot_be_removed(inside, administrator):
    with inside(), pytest.raises(Refused, match="last network administrator"):
        service.revoke_role(
            administrator, administrator.person_id, grants(administrator)["network_administrator"]
        )


@pytest.mark.parametrize(
    "obstacle", ["nothing", "never accepted", "disabled", "has left", "suspended"], ids=str
)
def test_only_an_administrator_who_can_sign_in_counts(
    inside, factory, administrator, secretariat, obstacle
):
    partner = factory.organisation(kind="partner")
    second = factory.actor(organisation=partner, roles=["network_administrator"], password_hash="x")
    account = update(Account).where(Account.id == second.account_id)
    past = clock.now() - timedelta(hours=1)
    with inside():
        if obstacle == "never accepted":
            db.session.execute(account.values(password_hash=None))
        elif obstacle == "disabled":
            db.session.execute(account.values(disabled_at=past))
        elif obstacle == "has left":
            db.session.execute(
                update(Affiliation)
                .where(Affiliation.person_id == second.person_id)
                .values(ended_at=past)
            )
        elif obstacle == "suspended":
            db.session.execute(
                update(Organisation)
                .where(Organisation.id == partner.id)
                .values(membership=Membership.SUSPENDED)
            )
        own = grants(administrator)["network_administrator"]
        assert other_administrators(own) == (1 if obstacle == "nothing" else 0)


def test_no_role_is_given_in_an_organisation_that_she_is_leaving(
    inside, at_once, administrator, colleague, secretariat
):
    def give():
        service.grant_role(
            administrator,
            colleague.person_id,
            role="focal_point",
            organisation_id=secretariat.id,
        )

    with inside():
        end_affiliations(colleague)
        other = at_once(give)
        assert other.is_alive()
    assert isinstance(other.end(), Refused)
    with inside():
        assert grants(colleague) == {}


def test_only_who_manages_roles_may_give_them(inside, colleague, administrator, secretariat):
    with inside():
        with pytest.raises(Forbidden):
            service.grant_role(
                colleague,
                colleague.person_id,
                role="network_administrator",
                organisation_id=secretariat.id,
            )
        with pytest.raises(Forbidden):
            service.revoke_role(
                colleague,
                administrator.person_id,
                grants(administrator)["network_administrator"],
            )


def test_a_grant_of_somebody_else_is_not_found_under_this_person(inside, administrator, colleague):
    with inside(), pytest.raises(NotFound):
        service.revoke_role(
            administrator, colleague.person_id, grants(administrator)["network_administrator"]
        )


def test_an_administrator_gives_and_takes_a_role_on_the_page(browser_for, administrator, colleague):
    browser = browser_for(administrator)
    page = browser.get("/admin/people?q=beatrice")
    assert "1 person" in page.text
    page = browser.get(page.links()["Béatrice Fictional"])
    page = browser.submit(page, "Give the role", role="focal_point")
    assert "The role was given." in page.text
    page = browser.submit(page, "Take back Focal point")
    assert "The role was taken back." in page.text
    assert "Everybody in an active organisation is a member." in page.text


def test_the_refusal_of_the_last_administrator_says_what_to_do(browser_for, administrator):
    browser = browser_for(administrator)
    page = browser.get(f"/admin/people/{administrator.person_id}")
    answer = browser.submit(page, "Take back Network administrator")
    assert answer.status == 422
    assert "Give somebody else the role first" in answer.text


def test_a_member_sees_nothing_of_it(browser_for, colleague):
    browser = browser_for(colleague)
    assert browser.get("/admin/people").status == 403
    assert "/admin/people" not in browser.get("/").html


def test_roles_through_the_api(browser_for, administrator, colleague, api_token, secretariat):
    client = browser_for().client
    options = {
        "headers": {"Authorization": f"Bearer {api_token(administrator)}"},
        "base_url": browser_for().base_url,
    }
    address = f"/api/v1/people/{colleague.person_id}"
    made = client.post(
        f"{address}/roles",
        json={"role": "focal_point", "organisation_id": str(secretariat.id)},
        **options,
    )
    assert made.status_code == 201
    [grant] = made.json["grants"]
    assert grant["role"] == "focal_point"
    assert client.delete(f"{address}/roles/{grant['id']}", **options).status_code == 204
    assert client.get(address, **options).json["grants"] == []
    refused = client.post(f"{address}/roles", json={"role": "emperor"}, **options)
    assert refused.status_code == 422
    assert "role" in refused.json["errors"]


def test_a_name_we_made_up_is_shown_in_the_language_of_the_reader(
    browser_for, administrator, factory
):
    nameless = factory.organisation("Election management body of Fiji", country="FJ")
    there = factory.actor("Filomena Fictional", organisation=nameless, roles=["focal_point"])
    browser = browser_for(administrator)
    with_french = {"headers": {"Accept-Language": "fr"}}
    for path in ("/admin/people", f"/admin/people/{there.person_id}"):
        page = browser.get(path, **with_french)
        assert "Election management body" not in page.text
        assert "Fidji" in page.text


def test_an_invitation_nobody_accepted_in_time_is_listed_as_expired(
    browser_for, inside, administrator
):
    with inside():
        sent = invitations.invite(
            administrator,
            administrator.organisation_ids[0],
            name="Late Fictional",
            address="late@example.org",
        )
        invitation_id = sent.id
    browser = browser_for(administrator)
    listed = browser.get("/admin/people?q=late").document.find(".//main")
    assert "Invited" in row_of(listed)
    with inside():
        db.session.get(
            Invitation, (administrator.tenant_id, invitation_id)
        ).expires_at = clock.now()
    listed = browser.get("/admin/people?q=late").document.find(".//main")
    assert "Invitation expired" in row_of(listed)


def row_of(main):
    """The only line of the list."""
    [line] = [each for each in main.iter("li") if "Late Fictional" in "".join(each.itertext())]
    return "".join(line.itertext())
