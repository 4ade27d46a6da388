"""An imported participant who is invited later is the same person, and finds her own record."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from kernel.accounts.services import invitations
from kernel.db import db
from kernel.identity.models import Account, Person
from kernel.questions.known_people import known_person
from tests.mails import mails_of
from training.participants import queries, service
from training.workshops.queries import workshop_of

PASSWORD = "a fine long pass phrase"


@pytest.fixture
def invite(app, inside, factory):
    """`invite(address)` invites somebody into an EMB, as its focal point."""
    emb = factory.organisation("Electoral Commission (fictional)", country="TZ")
    focal_point = factory.actor("Focal Fictional", organisation=emb, roles=["focal_point"])

    def act(address, name="Neema As Invited"):
        with inside():
            invitations.invite(focal_point, emb.id, name=name, address=address)

    return act


@pytest.fixture
def link(app, tenant, run_jobs):
    """`link(address)` is the path in the latest mail to an address."""

    def find(address):
        run_jobs()
        [mail] = [one for one in mails_of(app, tenant) if address in str(one["To"])]
        return urlsplit(re.search(r"https://\S+", mail.get_content()).group()).path

    return find


def owner_of(address):
    return db.session.scalars(select(Account.person_id).where(Account.address == address)).one()


def test_she_is_the_person_on_the_list_and_sees_what_she_attended(
    inside, officer, workshop_id, register, invite, link, browser_for
):
    register(workshop_id, "Neema Fictional", (90,), address="neema@example.org")
    with inside():
        version = workshop_of(workshop_id).version
        service.lock_attendance(officer, workshop_id, version=version)
        [listed] = queries.standings_of(workshop_id)
    invite("Neema@Example.org")
    browser = browser_for()
    browser.submit(
        browser.get(link("neema@example.org")), "Accept the invitation", password=PASSWORD
    )
    with inside():
        assert owner_of("neema@example.org") == listed.person_id
        [attended] = queries.attended_by([listed.person_id])[listed.person_id]
        assert (attended.minutes, attended.locked) == (90, True)


def test_of_several_lists_the_latest_tells_who_she_is(
    inside, workshop_id, register, earlier_workshop, invite
):
    register(earlier_workshop, address="neema@example.org")
    later = register(workshop_id, address="neema@example.org")
    invite("neema@example.org")
    with inside():
        assert owner_of("neema@example.org") == queries.participant_of(later).person_id


def test_a_person_with_an_account_is_nobodys_other_account(
    inside, workshop_id, register, factory, invite
):
    owner = factory.actor("Neema Fictional", address="work@example.org")
    register(workshop_id, address="home@example.org", person_id=owner.person_id)
    with inside():
        assert known_person("home@example.org") is None
    invite("home@example.org")
    with inside():
        assert owner_of("home@example.org") != owner.person_id
        assert owner_of("work@example.org") == owner.person_id


def test_an_address_nobody_knows_makes_a_new_person(inside, invite):
    with inside():
        before = db.session.scalar(select(func.count()).select_from(Person))
    invite("new@example.org")
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Person)) == before + 1
