"""The link in an announcement's mail: who has it acknowledges, and it does nothing else for anybody."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.identity.models import Account
from kernel.values import clock
from network.announcements import links, notices, queries, service
from network.announcements.models import AnnouncementRecipient
from network.subscriptions import service as subscriptions
from tests.factories.network import end_affiliations
from tests.pages import Browser

DUE = date(2031, 3, 12)
MIDDAY = datetime(2031, 3, 12, 12, tzinfo=UTC)


@pytest.fixture
def link_of(mails):
    """`link_of(name)` is the path of the link in the last mail to somebody; None where it has none."""

    def find(name):
        body = next(body for to, _, body in reversed(mails()) if to == name)
        found = re.search(r"/network/announcements/by-mail/\S+", body)
        return found and found.group()

    return find


@pytest.fixture
def acknowledged(inside):
    """`acknowledged(announcement_id)` are the ids of the people who have."""

    def ask(announcement_id):
        rows = AnnouncementRecipient
        with inside():
            return set(
                db.session.scalars(
                    select(rows.person_id).where(
                        rows.announcement_id == announcement_id, rows.acknowledged_at.is_not(None)
                    )
                )
            )

    return ask


def test_the_link_shows_the_announcement_and_its_button_acknowledges(
    inside, cast, announce, link_of, browser_for, acknowledged
):
    made = announce(due_on=DUE)
    stranger, path = browser_for(), link_of("Fia Focal")
    page = stranger.get(path)
    assert page.status == 200
    assert "Send batch 7 back." in page.text
    assert "You say so as Fia Focal." in page.text
    assert acknowledged(made) == set()
    page = stranger.submit(page, "I have read this")
    assert "Your acknowledgement was recorded." in page.text
    assert acknowledged(made) == {cast.focal.person_id}
    assert "I have read this" not in stranger.get(path).text
    with inside():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "announcement.acknowledged")
        ).one()
        assert (entry.actor_id, entry.after) == (cast.focal.person_id, {"via": "mail"})


def test_sending_it_twice_is_like_once(cast, announce, link_of, browser_for, acknowledged):
    made = announce(due_on=DUE)
    stranger, path = browser_for(), link_of("Fia Focal")
    page = stranger.get(path)
    for _ in range(2):
        stranger.submit(page, "I have read this")
    assert acknowledged(made) == {cast.focal.person_id}


def test_the_page_is_in_her_language_whatever_the_browser_asks_for(announce, link_of, browser_for):
    announce(due_on=DUE)
    asking = {"Accept-Language": "ar"}
    page = browser_for().get(link_of("Awa Francophone"), headers=asking)
    assert page.document.get("lang") == "fr"
    assert "Renvoyez le lot 7." in page.text
    page = browser_for().get(link_of("Fia Focal"), headers=asking)
    assert page.document.get("lang") == "ar"  # she chose none


def test_a_reminder_carries_a_link_that_acknowledges(
    inside, cast, announce, link_of, browser_for, acknowledged
):
    made = announce(regions=("Pacific",), due_on=DUE)
    with inside(), clock.frozen(MIDDAY):
        notices.remind()
    with clock.frozen(MIDDAY):
        stranger = browser_for()
        stranger.submit(stranger.get(link_of("Fia Focal")), "I have read this")
    assert acknowledged(made) == {cast.focal.person_id}


def another_network(path, make_tenant, app):
    return Browser.at(app, make_tenant().host), path


def changed(path, make_tenant, app):
    token = path.rpartition("/")[2]
    middle = "A" if token[30] != "A" else "B"
    return None, path.replace(token, f"{token[:30]}{middle}{token[31:]}")


def made_up(path, make_tenant, app):
    return None, path.rpartition("/")[0] + "/made-up"


def of_another_purpose(path, make_tenant, app):
    return None, path.replace("/network/announcements/by-mail/", "/account/mail/end/")


@pytest.mark.parametrize("forge", [another_network, changed, made_up, of_another_purpose])
def test_a_link_that_is_not_ours_for_this_opens_nothing(
    app, make_tenant, announce, link_of, browser_for, acknowledged, forge
):
    made = announce(due_on=DUE)
    browser, path = forge(link_of("Fia Focal"), make_tenant, app)
    browser = browser or browser_for()
    assert browser.get(path).status == 404
    assert browser.post(path).status in {400, 404}
    assert acknowledged(made) == set()


def left(cast):
    end_affiliations(cast.focal)


def closed(cast):
    change(cast, disabled_at=clock.now())


def unconfirmed(cast):
    change(cast, confirmed_at=None)


def change(cast, **values):
    db.session.execute(
        update(Account).where(Account.person_id == cast.focal.person_id).values(**values)
    )


@pytest.mark.parametrize("gone", [left, closed, unconfirmed])
def test_who_is_in_the_audience_no_more_opens_nothing(
    inside, cast, announce, link_of, browser_for, acknowledged, gone
):
    made = announce(due_on=DUE)
    stranger, path = browser_for(), link_of("Fia Focal")
    page = stranger.get(path)
    with inside():
        gone(cast)
    assert stranger.get(path).status == 404
    assert stranger.submit(page, "I have read this").status == 404
    assert acknowledged(made) == set()


def too_old(inside, cast, monkeypatch):
    later = clock.now() + links.LIFE
    monkeypatch.setattr(clock, "now", lambda: later)


def with_another_address(inside, cast, monkeypatch):
    with inside():
        change(cast, address="fia.elsewhere@example.org")


@pytest.mark.parametrize("over", [too_old, with_another_address])
def test_a_link_that_works_no_more_leads_to_where_one_signs_in(
    inside, cast, announce, link_of, browser_for, acknowledged, monkeypatch, over
):
    made = announce(due_on=DUE)
    stranger, path = browser_for(), link_of("Fia Focal")
    page = stranger.get(path)
    over(inside, cast, monkeypatch)
    for answer in (stranger.get(path), stranger.submit(page, "I have read this")):
        assert "batch 7" not in answer.text
    assert stranger.get(path).location.endswith(f"/network/announcements/{made}/acknowledge")
    assert acknowledged(made) == set()


def test_what_is_no_longer_current_is_shown_without_a_button(
    inside, cast, announce, link_of, browser_for
):
    announce(due_on=DUE, expires_on=DUE)
    path = link_of("Fia Focal")
    with inside(), clock.frozen(MIDDAY + timedelta(days=2)):
        service.expire()
    page = browser_for().get(path)
    assert "not to be acknowledged any more" in page.text
    assert "I have read this" not in page.text


def test_a_link_acts_for_its_person_also_where_somebody_else_is_signed_in(
    cast, announce, link_of, browser_for, acknowledged
):
    made = announce(due_on=DUE)
    colleague = browser_for(cast.colleague)
    colleague.submit(colleague.get(link_of("Fia Focal")), "I have read this")
    assert acknowledged(made) == {cast.focal.person_id}


def test_of_a_confidential_group_a_mail_says_nothing_and_has_no_link(
    inside, cast, group, announce, mails, link_of, factory
):
    chair = factory.reload(cast.colleague.person_id)
    with inside():
        subscriptions.set_content_free(chair, group.id, version=0, content_free=True)
    made = announce(author=chair, group_ids=(group.id,), due_on=DUE)
    assert link_of("Fia Focal") is None
    told = [(subject, body) for to, subject, body in mails() if to == "Fia Focal"]
    ((subject, body),) = told
    assert subject == "To acknowledge: an announcement to a confidential group"
    assert f"/network/announcements/{made}/acknowledge" in body
    for word in ("batch 7", "recalled", "Ink trial", "Cole"):
        assert word not in body
    with inside(), clock.frozen(MIDDAY):
        notices.remind()
    assert "recalled" not in "".join(mails()[-1])


def test_a_link_shows_nothing_once_the_group_has_become_confidential(
    inside, cast, group, announce, link_of, factory, browser_for, acknowledged
):
    chair = factory.reload(cast.colleague.person_id)
    made = announce(author=chair, group_ids=(group.id,), due_on=DUE)
    path = link_of("Fia Focal")
    with inside():
        subscriptions.set_content_free(chair, group.id, version=0, content_free=True)
    page = browser_for().get(path)
    assert page.location.endswith(f"/network/announcements/{made}/acknowledge")
    assert acknowledged(made) == set()


def test_what_nobody_is_asked_to_acknowledge_has_no_link(inside, announce, link_of):
    made = announce()
    assert link_of("Fia Focal") is None
    with inside():
        assert queries.to_change(made).must_acknowledge is False
