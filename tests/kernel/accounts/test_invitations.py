"""Inviting, accepting, admitting colleagues, ending access."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from kernel.accounts.models import Invitation
from kernel.accounts.services import accepting, colleagues, invitations
from kernel.db import db, scoped
from kernel.errors import DomainError, NotFound, Refused
from kernel.identity.models import Account, Affiliation, Membership, Organisation, RoleGrant
from kernel.tenancy.models import Tenant
from kernel.values import clock
from tests.kernel.accounts.conftest import PASSWORD
from tests.pages import Browser


@pytest.fixture
def emb(factory):
    return factory.organisation("Electoral Commission of Ghana", country="GH")


@pytest.fixture
def administrator(factory):
    return factory.actor("Ada Fictional", roles=["network_administrator"])


@pytest.fixture
def focal_point(factory, emb):
    return factory.actor("Efua Fictional", organisation=emb, roles=["focal_point"])


def invite(browser, emb, address="kofi@example.org", name="Kofi Fictional", **more):
    page = browser.get(f"/organisations/{emb.id}/people/invite")
    return browser.submit(page, "Send the invitation", name=name, address=address, **more)


def accept(browser, link, password=PASSWORD):
    return browser.submit(browser.get(link), "Accept the invitation", password=password)


def test_an_administrator_invites_a_focal_point_who_admits_two_colleagues(
    administrator, emb, browser_for, mails, sign_in
):
    invite(
        browser_for(administrator), emb, "efua@example.org", "Efua Fictional", role="focal_point"
    )
    efua = browser_for()
    welcome = accept(efua, mails.link("efua@example.org"))
    assert "Welcome. You now belong to Electoral Commission of Ghana." in welcome.text
    assert welcome.path == "/"
    people = efua.get("/colleagues")
    assert people.location == f"/organisations/{emb.id}/people"
    for name in ("kofi", "akua"):
        page = invite(efua, emb, f"{name}@example.org", f"{name.title()} Fictional")
        assert "Invited" in page.text
    for name in ("kofi", "akua"):
        colleague = browser_for()
        accept(colleague, mails.link(f"{name}@example.org"))
        assert colleague.get("/account").status == 200
        assert sign_in(f"{name}@example.org")[0].get("/account").status == 200
    listed = efua.get(f"/organisations/{emb.id}/people")
    assert listed.text.count("Active") == 3
    assert "Focal point" in listed.text


def test_accepting_corrects_the_name_and_admits_with_role_and_job_title(
    administrator, emb, browser_for, mails, inside
):
    invite(browser_for(administrator), emb, role="emb_administrator", job_title="Director")
    browser = browser_for()
    page = browser.get(mails.link("kofi@example.org"))
    assert "Electoral Commission of Ghana" in page.text
    assert "EMB administrator" in page.text
    done = browser.submit(
        page, "Accept the invitation", name="Kofi A. Fictional", password=PASSWORD
    )
    assert "Kofi A. Fictional" in done.text
    with inside():
        affiliation = db.session.scalars(
            select(Affiliation).where(Affiliation.organisation_id == emb.id)
        ).one()
        assert (affiliation.role, affiliation.ended_at) == ("Director", None)
        grant = db.session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == affiliation.person_id)
        ).one()
        assert (grant.role, grant.organisation_id) == ("emb_administrator", emb.id)
        account = db.session.scalars(
            select(Account).where(Account.address == "kofi@example.org")
        ).one()
        assert account.confirmed_at is not None


def test_an_affiliation_begins_on_the_day_it_is_in_the_network(
    administrator, emb, browser_for, mails, inside
):
    with inside():
        db.session.scalars(select(Tenant)).one().time_zone = "Pacific/Tongatapu"
    with clock.frozen(datetime(2026, 11, 2, 13, 30, tzinfo=UTC)):
        invite(browser_for(administrator), emb)
        accept(browser_for(), mails.link("kofi@example.org"))
    with inside():
        begun = select(Affiliation.began_on).where(Affiliation.organisation_id == emb.id)
        assert db.session.scalars(begun).all() == [date(2026, 11, 3)]


def test_looking_at_an_invitation_accepts_nothing(administrator, emb, browser_for, mails, inside):
    invite(browser_for(administrator), emb)
    link = mails.link("kofi@example.org")
    for _ in range(2):
        assert browser_for().get(link).status == 200
    with inside():
        assert db.session.scalar(select(Invitation.accepted_at)) is None


def test_an_invitation_works_once(administrator, emb, browser_for, mails):
    invite(browser_for(administrator), emb)
    link = mails.link("kofi@example.org")
    thief = browser_for()
    stolen = thief.get(link)
    accept(browser_for(), link)
    assert browser_for().get(link).status == 404
    answer = thief.submit(stolen, "Accept the invitation", password="the thief's pass phrase")
    assert answer.status == 404
    assert thief.get("/account").status == 303


def test_of_many_acceptances_at_once_one_succeeds(
    administrator, emb, browser_for, mails, app, tenant
):
    invite(browser_for(administrator), emb)
    token = mails.link("kofi@example.org").rpartition("/")[2]

    def attempt(number):
        with app.app_context(), scoped(tenant.id):
            try:
                accepting.accept(token, name="Kofi", password=f"{PASSWORD} {number}")
                db.session.commit()
            except DomainError:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1


def test_an_invitation_dies_after_two_days_and_can_be_sent_again(
    administrator, emb, browser_for, mails
):
    browser = browser_for(administrator)
    invite(browser, emb)
    old = mails.link("kofi@example.org")
    people = f"/organisations/{emb.id}/people"
    with clock.frozen(clock.now() + timedelta(days=2, seconds=1)):
        assert browser_for().get(old).status == 404
    browser.submit(browser.get(people), "Send again")
    new = mails.link("kofi@example.org")
    assert new != old
    assert browser_for().get(old).status == 404
    assert accept(browser_for(), new).status == 200
    assert "Invited" not in browser.get(people).text


def test_an_expired_invitation_is_shown_as_such(administrator, emb, inside):
    with inside():
        invitations.invite(administrator, emb.id, name="Kofi", address="kofi@example.org")
    with inside(), clock.frozen(clock.now() + timedelta(days=3)):
        _, listed = colleagues.colleagues_of(administrator, emb.id)
        assert [one.state for one in listed] == ["expired"]


def test_an_invitation_taken_back_no_longer_works(administrator, emb, browser_for, mails):
    browser = browser_for(administrator)
    invite(browser, emb)
    link = mails.link("kofi@example.org")
    page = browser.submit(browser.get(f"/organisations/{emb.id}/people"), "Take back")
    assert "Kofi" not in page.text
    assert browser_for().get(link).status == 404


def test_inviting_again_replaces_the_first_invitation(administrator, emb, browser_for, mails):
    browser = browser_for(administrator)
    invite(browser, emb)
    first = mails.link("kofi@example.org")
    page = invite(browser, emb)
    assert page.text.count("kofi@example.org") == 1
    assert browser_for().get(first).status == 404
    assert browser_for().get(mails.link("kofi@example.org")).status == 200


def test_an_invitation_dies_with_the_right_of_whoever_sent_it(
    administrator, focal_point, emb, browser_for, mails, inside
):
    invite(browser_for(focal_point), emb)
    link = mails.link("kofi@example.org")
    invitee = browser_for()
    opened = invitee.get(link)
    with inside():
        found = select(Affiliation.id).where(Affiliation.person_id == focal_point.person_id)
        colleagues.end_affiliation(administrator, db.session.scalar(found))
    assert browser_for().get(link).status == 404
    assert invitee.submit(opened, "Accept the invitation", password=PASSWORD).status == 404
    admin = browser_for(administrator)
    admin.submit(admin.get(f"/organisations/{emb.id}/people"), "Send again")
    assert accept(browser_for(), mails.link("kofi@example.org")).status == 200


def test_an_invitation_gives_no_role_that_its_sender_may_no_longer_give(
    factory, emb, browser_for, mails, inside
):
    giver = factory.actor("Ewe Fictional", organisation=emb, roles=["emb_administrator"])
    invite(browser_for(giver), emb, role="focal_point")
    invite(browser_for(giver), emb, address="akua@example.org", name="Akua Fictional")
    with inside():
        grant = select(RoleGrant).where(RoleGrant.person_id == giver.person_id)
        db.session.scalars(grant).one().role = "focal_point"
    assert browser_for().get(mails.link("kofi@example.org")).status == 404
    assert browser_for().get(mails.link("akua@example.org")).status == 200


def test_accepting_one_invitation_leaves_those_to_other_organisations(
    administrator, emb, factory, browser_for, mails
):
    other = factory.organisation("Electoral Commission of Malawi", country="MW")
    links = []
    for organisation in (emb, other):
        invite(browser_for(administrator), organisation)
        links.append(mails.link("kofi@example.org"))
    accept(browser_for(), links[0])
    browser = browser_for()
    page = browser.get(links[1])
    assert "your password stays as it is" in page.text
    assert browser.submit(page, "Accept the invitation").status in (200, 303)
    for organisation in (emb, other):
        listed = browser_for(administrator).get(f"/organisations/{organisation.id}/people")
        assert "Active" in listed.text
        assert "Invited" not in listed.text


def test_a_link_opens_nothing_at_another_network(
    administrator, emb, browser_for, mails, make_tenant, app
):
    invite(browser_for(administrator), emb)
    link = mails.link("kofi@example.org")
    assert Browser.at(app, make_tenant().host).get(link).status == 404


def test_somebody_with_an_account_keeps_her_password(
    administrator, person, emb, browser_for, mails, sign_in
):
    person("kofi@example.org")
    invite(browser_for(administrator), emb)
    browser = browser_for()
    page = browser.get(mails.link("kofi@example.org"))
    assert "your password stays as it is" in page.text
    assert browser.submit(page, "Accept the invitation").location.startswith("/sign-in")
    signed_in, _ = sign_in("kofi@example.org")
    assert signed_in.get("/account").status == 200


def test_a_poor_password_leaves_the_invitation_open(administrator, emb, browser_for, mails):
    invite(browser_for(administrator), emb)
    link = mails.link("kofi@example.org")
    assert accept(browser_for(), link, "kofi").status == 422
    assert accept(browser_for(), link).status == 200


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("focal_point", ["member"]),
        ("emb_administrator", ["member", "emb_administrator", "focal_point"]),
    ],
)
def test_nobody_gives_more_than_her_role_may(factory, emb, inside, role, offered):
    giver = factory.actor(organisation=emb, roles=[role])
    assert invitations.roles_to_give(giver, emb.id) == offered
    with inside():
        with pytest.raises(Refused) as refused:
            invitations.invite(
                giver, emb.id, name="X", address="x@example.org", role="network_administrator"
            )
        assert refused.value.field == "role"


def test_an_administrator_gives_any_role_but_personal_ones(administrator, emb):
    offered = invitations.roles_to_give(administrator, emb.id)
    assert "network_administrator" in offered
    assert "planner" in offered
    assert "alumnus" not in offered


def test_an_emb_administrator_gives_no_role_in_another_organisation(factory, emb):
    elsewhere = factory.actor(roles=["emb_administrator"])
    assert invitations.roles_to_give(elsewhere, emb.id) == ["member"]


def test_the_people_of_another_organisation_are_not_found(
    focal_point, factory, browser_for, inside
):
    other = factory.organisation()
    browser = browser_for(focal_point)
    assert browser.get(f"/organisations/{other.id}/people").status == 404
    assert browser.get(f"/organisations/{other.id}/people/invite").status == 404
    stranger = factory.actor(organisation=other)
    with inside():
        affiliation = db.session.scalar(
            select(Affiliation.id).where(Affiliation.person_id == stranger.person_id)
        )
        with pytest.raises(NotFound):
            colleagues.end_affiliation(focal_point, affiliation)


def test_a_member_admits_nobody(factory, emb, browser_for):
    browser = browser_for(factory.actor(organisation=emb))
    assert browser.get("/colleagues").status == 403
    assert browser.get(f"/organisations/{emb.id}/people").status == 403


def test_nobody_is_invited_into_a_suspended_organisation(administrator, emb, inside):
    with inside():
        row = db.session.scalars(select(Organisation).where(Organisation.id == emb.id)).one()
        row.membership = Membership.SUSPENDED
        with pytest.raises(Refused, match="not an active member"):
            invitations.invite(administrator, emb.id, name="X", address="x@example.org")


def test_somebody_who_is_in_already_is_not_invited(focal_point, emb, person, browser_for):
    person("kofi@example.org", organisation=emb)
    page = invite(browser_for(focal_point), emb)
    assert page.errors == ["This person is in the organisation already. Enter another address."]


def test_a_name_cannot_bring_a_header_along(administrator, emb, inside, mails):
    with inside():
        invitations.invite(
            administrator,
            emb.id,
            name="Kofi\r\nBcc: victim@example.org",
            address="kofi@example.org",
        )
    (mail,) = mails.all()
    assert "Bcc" not in mail
    assert [one.addr_spec for one in mail["To"].addresses] == ["kofi@example.org"]


def test_when_an_affiliation_ends_access_ends_at_once(
    focal_point, emb, factory, browser_for, api_token
):
    kofi = factory.actor("Kofi Fictional", organisation=emb)
    browser, headers = browser_for(kofi), {"Authorization": f"Bearer {api_token(kofi)}"}
    program = browser_for()
    assert browser.get("/account").status == 200
    assert program.get("/api/v1/me", headers=headers).status == 200
    admin = browser_for(focal_point)
    admin.submit(admin.get(f"/organisations/{emb.id}/people"), "End access now")
    assert browser.get("/account").status == 303
    assert program.get("/api/v1/me", headers=headers).status == 401


def test_who_belongs_elsewhere_too_keeps_that_access_and_loses_this(
    administrator, emb, factory, inside
):
    kofi = factory.actor(organisation=emb, roles=["focal_point"])
    other = factory.organisation()
    with inside():
        db.session.add(
            Affiliation(
                person_id=kofi.person_id, organisation_id=other.id, began_on=clock.now().date()
            )
        )
        found = select(Affiliation.id).where(Affiliation.organisation_id == emb.id)
        colleagues.end_affiliation(administrator, db.session.scalar(found))
    now = factory.reload(kofi.person_id)
    assert now.organisation_ids == (other.id,)
    assert not now.has_role("focal_point")


def test_nobody_ends_her_own_access_or_that_of_a_higher_role(focal_point, emb, factory, inside):
    boss = factory.actor(organisation=emb, roles=["emb_administrator"])
    with inside():
        for actor, says in ((focal_point, "cannot remove yourself"), (boss, "not yours to take")):
            found = select(Affiliation.id).where(Affiliation.person_id == actor.person_id)
            with pytest.raises(Refused, match=says):
                colleagues.end_affiliation(focal_point, db.session.scalar(found))


def test_of_two_administrators_who_end_each_other_at_once_one_stays(factory, app, tenant, inside):
    secretariat = factory.organisation(kind="secretariat")
    two = [
        factory.actor(organisation=secretariat, roles=["network_administrator"], password_hash="x")
        for _ in range(2)
    ]
    both_ready = Barrier(2)

    def attempt(number):
        actor, other = two[number], two[1 - number]
        with app.app_context(), scoped(tenant.id):
            theirs = select(Affiliation.id).where(Affiliation.person_id == other.person_id)
            affiliation_id = db.session.scalar(theirs)
            both_ready.wait()
            try:
                colleagues.end_affiliation(actor, affiliation_id)
                db.session.commit()
            except Refused as refused:
                return str(refused)
            return "ended"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(attempt, range(2)))
    assert answers[1] == "ended"
    assert "last network administrator" in answers[0]
    with inside():
        held = select(RoleGrant.id).where(RoleGrant.role == "network_administrator")
        assert len(db.session.scalars(held).all()) == 1


def test_a_list_of_people_costs_the_same_for_one_and_three(
    focal_point, emb, factory, browser_for, queries
):
    browser = browser_for(focal_point)
    path = f"/organisations/{emb.id}/people"
    browser.get(path)
    with queries() as one:
        browser.get(path)
    for _ in range(3):
        factory.actor(organisation=emb, roles=["focal_point"])
    with queries() as four:
        browser.get(path)
    assert len(four) == len(one)


def test_somebody_who_is_in_without_a_password_is_invited(
    focal_point, emb, factory, browser_for, mails, inside
):
    kofi = factory.actor(organisation=emb, address="kofi@example.org")
    invite(browser_for(focal_point), emb)
    accept(browser_for(), mails.link("kofi@example.org"))
    with inside():
        found = select(Affiliation).where(Affiliation.person_id == kofi.person_id)
        assert len(db.session.scalars(found).all()) == 1


def test_the_first_administrator_opens_her_account_by_a_link(
    factory, person, browser_for, mails, inside
):
    ada = factory.actor("Ada Fictional", address="ada@example.org", roles=["network_administrator"])
    person("ama@example.org")
    with inside():
        invitations.invite_first_administrator("Ada@Example.org")
        with pytest.raises(Refused, match="open already"):
            invitations.invite_first_administrator("ama@example.org")
        with pytest.raises(NotFound):
            invitations.invite_first_administrator("nobody@example.org")
    page = browser_for().get(mails.link("ada@example.org"))
    assert "Network administrator" in page.text
    browser = browser_for()
    accept(browser, mails.link("ada@example.org"))
    assert browser.get(f"/organisations/{ada.organisation_ids[0]}/people").status == 200
    assert len(factory.reload(ada.person_id).held_roles) == len(ada.held_roles)
