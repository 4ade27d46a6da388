"""Inviting an address tells nobody whose it is."""

import pytest
from sqlalchemy import select

from kernel.accounts.services import invitations
from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.identity.models import Account, Person
from kernel.questions import known_people
from kernel.values import clock

TYPED = "Kwabena As Typed"


@pytest.fixture
def addresses(person, inside, monkeypatch):
    """Of somebody with an account, of one on a participants' list, of a closed account, and nobody's."""
    person("known@example.org")
    closed = person("closed@example.org")
    with inside():
        row = select(Account).where(Account.person_id == closed.person_id)
        db.session.scalars(row).one().disabled_at = clock.now()
        listed = Person(name="Ama On A List", sort_key="ama on a list")
        db.session.add(listed)
        db.session.flush()
        on_a_list = {"listed@example.org": listed.id}
    monkeypatch.setattr(known_people, "_providers", [on_a_list.get])
    return ["known@example.org", "listed@example.org", "closed@example.org", "nobody@example.org"]


@pytest.fixture
def emb(factory):
    return factory.organisation("Electoral Commission of Ghana", country="GH")


@pytest.fixture
def focal_point(factory, emb):
    return factory.actor("Efua Fictional", organisation=emb, roles=["focal_point"])


def test_inviting_costs_the_same_for_every_address(
    focal_point, emb, addresses, browser_for, queries
):
    browser, invite = browser_for(focal_point), f"/organisations/{emb.id}/people/invite"
    asked = []
    for address in ["warm.up@example.org", *addresses]:
        page = browser.get(invite)
        with queries() as seen:
            sent = browser.submit(page, "Send the invitation", name=TYPED, address=address)
        assert sent.status == 200
        asked.append(seen)
        browser.submit(sent, "Take back")
    assert all(each == asked[1] for each in asked[2:])
    assert any("INSERT INTO kernel.invitation " in statement for statement in asked[1])


def test_of_two_who_invite_the_same_address_at_once_both_do(
    focal_point, factory, emb, at_once, inside
):
    other, elsewhere = factory.actor(roles=["network_administrator"]), factory.organisation()
    invited = {"name": TYPED, "address": "new@example.org"}
    with inside():
        first = invitations.invite(focal_point, emb.id, **invited)
        second = at_once(lambda: invitations.invite(other, elsewhere.id, **invited))
    assert second.end().account_id == first.account_id
    with inside():
        assert len(db.session.scalars(select(Person).where(Person.name == TYPED)).all()) == 1


def test_page_api_and_trail_answer_alike_for_every_address(
    focal_point, emb, addresses, browser_for, api_token, inside
):
    browser = browser_for(focal_point)
    headers = {"Authorization": f"Bearer {api_token(focal_point)}"}
    people = f"/organisations/{emb.id}/people"
    told, now = [], clock.now()
    for address in addresses:
        with clock.frozen(now):
            page = browser.get(f"{people}/invite")
            sent = browser.submit(page, "Send the invitation", name=TYPED, address=address)
            [listed] = browser.get(
                f"/api/v1{people[:-7]}/invitations", headers=headers
            ).response.json
            again = browser.submit(sent, "Send again")
            with inside():
                entries = (
                    select(AuditEntry)
                    .where(AuditEntry.action == "invitation.sent")
                    .order_by(AuditEntry.id)
                )
                trail = [(one.before, one.after) for one in db.session.scalars(entries)][-1]
            browser.submit(again, "Take back")
        told.append(
            (sent.text, again.text, listed["name"], listed["address"], listed["state"], trail)
        )
    plain = {
        str(answer).replace(address, "ADDRESS")
        for address, answer in zip(addresses, told, strict=True)
    }
    assert len(plain) == 1
    assert TYPED in plain.pop()


def test_who_accepts_is_shown_by_her_own_name(focal_point, emb, person, browser_for, mails, inside):
    person("known@example.org")
    browser, people = browser_for(focal_point), f"/organisations/{emb.id}/people"
    page = browser.get(f"{people}/invite")
    browser.submit(page, "Send the invitation", name=TYPED, address="known@example.org")
    assert "Ama Fictional" not in browser.get(people).text
    invited = browser_for()
    invited.submit(invited.get(mails.link("known@example.org")), "Accept the invitation")
    listed = browser.get(people).text
    assert "Ama Fictional" in listed
    assert TYPED not in listed
