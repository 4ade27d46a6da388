"""Guests: they read and write in the group they are guests of until their time is over."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from kernel.accounts.services import accepting
from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.errors import Forbidden, NotFound, Refused
from kernel.identity.models import Account, Person
from kernel.search import search
from kernel.values import clock
from network.groups import queries, rules, service
from network.topics import service as topics
from network.topics.lists import topic_page
from tests.factories.network import make_group, make_guest, make_topic, posts_of


@pytest.fixture
def group(inside, administrator, chair):
    with inside():
        return make_group(administrator, chair, name="Voter registration")


@pytest.fixture
def guest(inside, factory, chair, group):
    with inside():
        person_id = make_guest(chair, group)
    return factory.reload(person_id)


def test_a_guest_reads_her_group_and_no_other_not_even_an_open_one(
    inside, administrator, chair, group, guest
):
    with inside():
        for visibility in ("open", "private", "secret"):
            make_group(administrator, chair, visibility=visibility)
        assert [row.group.id for row in queries.groups_listed(guest)] == [group.id]
        assert [row.id for row in queries.groups_read_by(guest)] == [group.id]


def test_a_guest_writes_and_is_shown_as_one(inside, browser_for, chair, group, guest):
    with inside():
        topic = make_topic(chair, group)
        topics.reply(guest, topic.id, body="It does.", language="en")
        make_topic(guest, group, title="Thumb or finger?")
        db.session.flush()
        assert [row.former for row in posts_of(chair, topic)] == [False, False]
        assert {row.title for row in topic_page(chair).topics} == {
            "Indelible ink",
            "Thumb or finger?",
        }
    page = browser_for(chair).get(f"/network/discussions/{topic.id}")
    assert "Gus Guest" in page.text
    assert "Guest" in page.text.replace("Gus Guest", "")


def test_everything_ends_at_the_moment_her_time_is_over(
    app, tenant, inside, browser_for, chair, group, guest
):
    with inside():
        topic = make_topic(chair, group)
    browser = browser_for(guest)
    assert browser.get(f"/network/discussions/{topic.id}").status == 200
    with inside():
        queries.membership_of(group.id, guest.person_id).guest_until = clock.now()
    assert browser.get(f"/network/discussions/{topic.id}").status == 404
    assert browser.get(f"/network/groups/{group.id}").status == 404
    with inside():
        assert not queries.is_in(group.id, guest.person_id)
        assert queries.groups_written_in(guest) == []
    with app.app_context(), scoped(tenant.id, person=guest.person_id, organisations=()):
        assert search(guest, "tropics") == []


@pytest.fixture
def invited(inside, chair, group):
    """Somebody unknown who was invited as a guest for a month."""
    with inside():
        return service.invite_guest(
            chair,
            group.id,
            name="Gita Guest",
            address="gita@example.org",
            last_day=clock.today("Europe/London") + timedelta(days=30),
        )


def opened(inside, link):
    """Follow the link of an invitation and choose a password."""
    with inside():
        return accepting.accept(link, name="Gita Guest", password="correct horse battery")


def token_of(mails, address="gita@example.org"):
    return mails.link(address).rsplit("/", 1)[-1]


def test_somebody_unknown_opens_an_account_by_mail_and_sees_the_group_alone(
    inside, browser_for, factory, chair, administrator, group, invited, mails
):
    with inside():
        topic = make_topic(chair, group)
        other = make_group(administrator, chair, visibility="open", name="Inks")
    browser = browser_for()
    page = browser.get(mails.link("gita@example.org"))
    assert "Voter registration" in page.text
    last_day = clock.today("Europe/London") + timedelta(days=30)
    assert "Your last day there" in page.text
    assert f'<time datetime="{last_day.isoformat()}">' in page.html
    page = browser.submit(page, "Accept the invitation", password="correct horse battery")
    assert "You are a guest of “Voter registration” now." in page.text
    assert browser.get(f"/network/discussions/{topic.id}").status == 200
    assert browser.get(f"/network/groups/{group.id}").status == 200
    assert browser.get(f"/network/groups/{other.id}").status == 404
    assert "Inks" not in browser.get("/network/groups").text
    for path in ("members", "members/export.csv", "people", f"people/{chair.person_id}"):
        assert browser.get(f"/network/{path}").status == 404, path


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        (None, None, "to the end of 28 February 2027"),
        ("fr", "Indian/Mauritius", "28 février 2027"),
    ],
)
def test_the_mail_names_her_last_day_in_her_language(
    inside, factory, chair, group, mails, language, zone, said
):
    known = factory.actor("Kofi Known", address="kofi@example.org")
    with inside():
        person = db.session.scalars(select(Person).where(Person.id == known.person_id)).one()
        person.language, person.time_zone = language, zone
    with clock.frozen(datetime(2027, 2, 1, 12, tzinfo=UTC)), inside():
        service.invite_guest(
            chair, group.id, name="Kofi", address="kofi@example.org", last_day=date(2027, 2, 28)
        )
    assert said in mails.all()[-1].get_content()


def test_the_chair_ends_a_guests_time_and_her_doors_close(
    inside, browser_for, factory, chair, group, invited, mails
):
    account = opened(inside, token_of(mails))
    guest = factory.reload(account.person_id)
    browser = browser_for(guest)
    assert browser.get(f"/network/groups/{group.id}").status == 200
    chairing = browser_for(chair)
    page = chairing.get(f"/network/groups/{group.id}")
    page = chairing.submit(page, "End access Gita Guest")
    assert "1 former member" in page.text
    assert browser.get(f"/network/groups/{group.id}").status != 200
    assert not factory.reload(account.person_id).has_role("guest")


def test_the_chair_gives_a_guest_more_time(inside, browser_for, chair, group, guest):
    browser = browser_for(chair)
    before = page = browser.get(f"/network/groups/{group.id}/guests/{guest.person_id}")
    day = clock.today("Europe/London")
    page = browser.submit(page, "Save", last_day=(day - timedelta(days=1)).isoformat())
    assert page.errors == ["Enter a day that is not over."]
    page = browser.submit(page, "Save", last_day=(day + timedelta(days=400)).isoformat())
    assert page.errors == ["Enter a day within a year; it can be made longer then."]
    page = browser.submit(page, "Save", last_day=(day + timedelta(days=90)).isoformat())
    assert "The last day of the guest was changed." in page.text
    assert browser.submit(before, "Save", last_day=day.isoformat()).status == 409
    with inside():
        until = queries.membership_of(group.id, guest.person_id).guest_until
        assert service.last_day_of(
            queries.membership_of(group.id, guest.person_id).guest_until
        ) == (day + timedelta(days=90))
        assert until > clock.now() + timedelta(days=89)


def test_who_is_invited_again_gets_a_new_link_and_the_old_one_opens_nothing(
    inside, chair, group, invited, mails, trail
):
    old = token_of(mails)
    until = clock.today("Europe/London") + timedelta(days=60)
    with inside():
        service.invite_guest(
            chair, group.id, name="Gita Guest", address="Gita@example.org", last_day=until
        )
        assert len(service.invited_guests(chair, group.id)) == 1
        assert len(queries.guest_invitations_into(group.id)) == 1
    assert [entry.object_id for entry in trail("group.invitation_withdrawn")] == [str(invited.id)]
    with inside(), pytest.raises(NotFound):
        accepting.offer_of_link(old)
    account = opened(inside, token_of(mails))
    with inside():
        assert (
            service.last_day_of(queries.membership_of(group.id, account.person_id).guest_until)
            == until
        )


def test_an_invitation_taken_back_opens_nothing(inside, browser_for, chair, group, invited, mails):
    token = token_of(mails)
    browser = browser_for(chair)
    page = browser.get(f"/network/groups/{group.id}")
    page = browser.submit(page, "Take the invitation back Gita Guest")
    assert "The invitation was taken back." in page.text
    assert "gita@example.org" not in page.text
    with inside(), pytest.raises(NotFound):
        accepting.accept(token, name="Gita Guest", password="correct horse battery")


def test_only_who_looks_after_the_group_sees_and_takes_back_invitations(
    inside, browser_for, factory, chair, group, invited
):
    member = factory.actor()
    with inside():
        service.add_member(chair, group.id, person_id=member.person_id)
        with pytest.raises(Forbidden):
            service.invited_guests(member, group.id)
        with pytest.raises(Forbidden):
            service.withdraw_guest(member, invited.id)
    assert "Gita Guest" not in browser_for(member).get(f"/network/groups/{group.id}").text


def test_a_group_that_was_closed_takes_no_guest_in(inside, factory, chair, group, invited, mails):
    with inside():
        service.archive_group(chair, group.id)
    account = opened(inside, token_of(mails))
    with inside():
        assert queries.membership_of(group.id, account.person_id) is None
    assert not factory.reload(account.person_id).has_role("guest")


def test_whose_an_address_is_shows_only_once_she_accepts(
    inside, browser_for, factory, chair, group, api_token, mails, queries
):
    """Of a known, a closed and an unknown address page, API and trail tell the same, by the same work."""
    factory.actor("Ama Fictional", address="known@example.org", password_hash="x")
    closed = factory.actor("Ama Fictional", address="closed@example.org", password_hash="x")
    with inside():
        row = select(Account).where(Account.person_id == closed.person_id)
        db.session.scalars(row).one().disabled_at = clock.now()
    browser, headers = browser_for(chair), {"Authorization": f"Bearer {api_token(chair)}"}
    told, now = set(), clock.now()
    last_day = (clock.today("Europe/London") + timedelta(days=9)).isoformat()
    for address in ("known@example.org", "closed@example.org", "nobody@example.org"):
        with clock.frozen(now):
            form = browser.get(f"/network/groups/{group.id}/guests/new")
            typed = {"name": "As Typed", "address": address, "last_day": last_day}
            with queries() as asked:
                page = browser.submit(form, "Invite the guest", **typed)
            told.add(("work", *asked))
            path = f"/api/v1/groups/{group.id}"
            [listed] = browser.get(f"{path}/guests", headers=headers).response.json
            members = browser.get(f"{path}/members", headers=headers).response.json
            told.add((page.text + str(listed | {"id": ""}) + str(members)).replace(address, "A"))
            with inside():
                action = AuditEntry.action == "group.guest_invited"
                trail = select(AuditEntry).where(action).order_by(AuditEntry.id)
                entry = db.session.scalars(trail).all()[-1]
                told.add(("trail", entry.about_id, str(entry.before), str(entry.after)))
            browser.submit(page, "Take the invitation back As Typed")
    assert len(told) == 3
    assert not [one for one in told if "Ama Fictional" in one]
    page = browser.submit(
        browser.get(f"/network/groups/{group.id}/guests/new"),
        "Invite the guest",
        **typed | {"address": "known@example.org"},
    )
    known = browser_for()
    known.submit(known.get(mails.link("known@example.org")), "Accept the invitation")
    page = browser.get(f"/network/groups/{group.id}")
    assert "Ama Fictional" in page.text
    assert "As Typed" not in page.text


def test_guests_whose_time_is_over_lose_their_role_once(inside, factory, chair, group, guest):
    with inside():
        queries.membership_of(group.id, guest.person_id).guest_until = clock.now()
    with inside():
        service.end_expired()
        service.end_expired()
    assert not factory.reload(guest.person_id).has_role("guest")
    with inside():
        assert queries.membership_of(group.id, guest.person_id).ended_at is not None


def test_a_guest_of_two_groups_keeps_the_other(
    inside, factory, administrator, chair, group, guest, mails
):
    with inside():
        address = _address_of(guest)
        other = make_group(administrator, chair)
        service.invite_guest(
            chair,
            other.id,
            name="Gus Guest",
            address=address,
            last_day=clock.today("Europe/London"),
        )
    opened(inside, token_of(mails, address))
    with inside():
        service.end_guest(chair, group.id, person_id=guest.person_id)
    guest = factory.reload(guest.person_id)
    with inside():
        assert [row.group.id for row in queries.groups_listed(guest)] == [other.id]


def _address_of(actor):
    statement = select(Account.address).where(Account.person_id == actor.person_id)
    return db.session.scalar(statement)


def test_who_works_for_a_member_keeps_what_she_has_as_a_guest(
    inside, administrator, chair, stranger, group, mails
):
    with inside():
        address = _address_of(stranger)
        everybody = make_group(administrator, chair, visibility="open")
        service.invite_guest(
            chair,
            group.id,
            name="Sam Stranger",
            address=address,
            last_day=clock.today("Europe/London"),
        )
    opened(inside, token_of(mails, address))
    with inside():
        seen = {row.id for row in queries.groups_read_by(stranger)}
        assert seen == {everybody.id, group.id}
        service.add_member(chair, group.id, person_id=stranger.person_id)
        assert queries.membership_of(group.id, stranger.person_id).guest_until is None


def test_only_who_looks_after_the_group_invites_guests(inside, factory, chair, group):
    member = factory.actor()
    with inside():
        service.add_member(chair, group.id, person_id=member.person_id)
        with pytest.raises(Forbidden):
            service.invite_guest(
                member,
                group.id,
                name="Gita",
                address="gita@example.org",
                last_day=clock.today("Europe/London"),
            )


def test_a_guest_leaves_and_cannot_be_made_chair(inside, chair, group, guest):
    with inside(), pytest.raises(Refused):
        service.appoint_chair(chair, group.id, person_id=guest.person_id, term_ends_on=None)
    with inside():
        service.remove_member(guest, group.id, person_id=guest.person_id)
        assert not queries.reads(guest, group.id)


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "America/Jamaica"])
def test_a_last_day_lasts_to_its_end_in_the_zone_of_the_network(zone):
    day = date(2026, 3, 29)
    until = rules.end_of_day(day, zone)
    assert rules.last_day(until, zone) == day
    assert until.astimezone(ZoneInfo(zone)).time() == time.min
