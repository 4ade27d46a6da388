"""From draft to expired: who is told, in which language, and who has acknowledged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from kernel.db import db, scoped
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.events import emit
from kernel.events.people import AffiliationEnded
from kernel.search import search
from kernel.values import clock
from network.announcements import notices, queries, rules, service
from network.announcements.rules import Audience, Content, Match, Tally
from network.groups import service as groups
from network.subscriptions.rules import Day
from tests.factories.network import end_affiliations, make_group, make_guest
from tests.network.announcements.conftest import ENGLISH, FRENCH

EVERYBODY = Audience(everybody=True)


def told(inside, announcement_id):
    with inside():
        return {row.name for row in queries.recipients(announcement_id)}


def test_the_audience_is_told_each_in_her_language(inside, cast, announce, mails):
    made = announce()
    assert told(inside, made) == {
        "Sia Secretariat", "Fia Focal", "Cole Colleague", "Awa Francophone", "Otto Outsider"
    }  # fmt: skip
    subjects = {to: subject for to, subject, _ in mails()}
    assert subjects["Fia Focal"] == ENGLISH.title
    assert subjects["Awa Francophone"] == FRENCH.title


def test_who_has_no_text_in_her_language_reads_the_first_and_is_told_so(cast, announce, mails):
    announce(texts=(ENGLISH,), regions=("Africa",))
    ((to, subject, body),) = mails()
    assert "Awa" in to
    assert subject == ENGLISH.title
    assert "Send batch 7 back." in body
    assert "Il n’y a pas de texte dans votre langue, vous lisez donc le premier." in " ".join(
        body.split()
    )


def test_who_joins_later_is_not_told(inside, factory, cast, announce, mails):
    made = announce(regions=("Pacific",))
    late = factory.actor("Lia Late", organisation=cast.solomons, roles=["member"])
    assert told(inside, made) == {"Fia Focal", "Cole Colleague"}
    assert not any("Lia" in to for to, _, _ in mails())
    with inside(), pytest.raises(NotFound):
        queries.seen_by(late, made)


def test_it_is_seen_by_its_audience_its_author_and_network_administrators(
    inside, factory, cast, announce
):
    made = announce(regions=("Pacific",))
    administrator = factory.actor(roles=["network_administrator"])
    with inside():
        for actor in (cast.focal, cast.colleague, cast.secretariat, administrator):
            assert queries.seen_by(actor, made).announcement.id == made
            assert queries.announcements(actor, 1)[1] == 1
        for actor in (cast.french, cast.outsider):
            with pytest.raises(NotFound):
                queries.seen_by(actor, made)
            assert queries.announcements(actor, 1) == ([], 0)


@pytest.mark.parametrize(
    ("visibility", "sees"), [("open", True), ("private", False), ("secret", False)]
)
def test_who_keeps_all_sees_what_is_announced_to_a_group_where_she_reads_the_group(
    inside, factory, cast, run_jobs, trail, visibility, sees
):
    administrator = factory.actor(roles=["network_administrator"])
    with inside():
        group = make_group(administrator, cast.colleague, [cast.focal], visibility=visibility)
        content = Content((ENGLISH,), Audience(group_ids=(group.id,)))
        made = service.draft(cast.colleague, content)
        service.schedule(cast.colleague, made.id, version=made.version)
    run_jobs()
    seen_by = (administrator,) if sees else ()
    for actor in (cast.focal, cast.colleague, *seen_by):
        with inside():
            assert queries.seen_by(actor, made.id).texts == [ENGLISH]
            assert queries.announcements(actor, 1)[1] == 1
    labels = [entry.object_label for entry in trail("announcement.sent")]
    assert labels == [ENGLISH.title if sees else group.name]
    if sees:
        return
    for act in (service.preview, service.acknowledge, queries.seen_by):
        with inside(), pytest.raises(NotFound):
            act(administrator, made.id)
    with inside():
        assert queries.announcements(administrator, 1) == ([], 0)
        groups.add_member(cast.colleague, group.id, person_id=administrator.person_id)
        assert queries.seen_by(administrator, made.id).texts == [ENGLISH]


def found(app, tenant, actor, words="recalled"):
    with (
        app.app_context(),
        scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
    ):
        return [hit.target_id for hit in search(actor, words)]


def test_it_is_found_by_its_audience_alone_and_no_more_by_who_left(
    app, tenant, inside, factory, cast, announce, run_jobs
):
    made = announce(regions=("Pacific",))
    assert found(app, tenant, cast.focal) == [made]
    assert found(app, tenant, cast.outsider) == []
    with inside():
        end_affiliations(cast.focal)
        emit(AffiliationEnded(cast.focal.person_id, cast.solomons.id, clock.now()))
    run_jobs()
    assert found(app, tenant, cast.focal) == []
    assert found(app, tenant, cast.colleague) == [made]
    with inside(), pytest.raises(NotFound):
        queries.seen_by(factory.reload(cast.focal.person_id), made)


def test_a_draft_is_its_authors_alone(inside, cast):
    with inside():
        made = service.draft(cast.secretariat, Content((ENGLISH,), EVERYBODY))
        db.session.flush()
        with pytest.raises(NotFound):
            queries.seen_by(cast.focal, made.id)


def test_the_preview_names_whom_it_would_reach(inside, cast):
    with inside():
        made = service.draft(cast.secretariat, Content((ENGLISH,), Audience(regions=("Pacific",))))
        db.session.flush()
        preview = service.preview(cast.secretariat, made.id)
        assert list(preview.organisations.values()) == [["Cole Colleague", "Fia Focal"]]


def test_it_is_sent_at_its_moment_and_not_before(inside, cast, queued_jobs, run_jobs):
    moment = datetime(2031, 3, 1, 9, tzinfo=UTC)
    with inside():
        made = service.draft(cast.secretariat, Content((ENGLISH,), EVERYBODY))
        db.session.flush()
        service.schedule(cast.secretariat, made.id, version=made.version, at=moment)
    run_jobs()
    assert ("network.send_announcement", {"announcement_id": str(made.id)}) in queued_jobs()
    with inside(), clock.frozen(moment - timedelta(seconds=1)):
        assert service.send(made.id) is False
    with inside(), clock.frozen(moment):
        assert service.send(made.id) is True
        assert service.send(made.id) is False


def test_what_is_taken_back_is_not_sent(inside, cast):
    moment = datetime(2031, 3, 1, 9, tzinfo=UTC)
    with inside():
        made = service.draft(cast.secretariat, Content((ENGLISH,), EVERYBODY))
        db.session.flush()
        service.schedule(cast.secretariat, made.id, version=made.version, at=moment)
        db.session.flush()
        service.take_back(cast.secretariat, made.id, version=made.version)
    with inside(), clock.frozen(moment):
        assert service.send(made.id) is False
    with inside(), pytest.raises(Refused):
        service.take_back(cast.secretariat, made.id, version=queries.to_change(made.id).version)


@pytest.mark.parametrize(
    "statement",
    [
        "update network.announcement_text set title = 'Other' where announcement_id = :id",
        "delete from network.announcement_recipient where announcement_id = :id",
        "insert into network.announcement_recipient (tenant_id, id, announcement_id, person_id,"
        " organisation_id, is_focal) select tenant_id, gen_random_uuid(), :id, person_id,"
        " organisation_id, false from kernel.affiliation",
    ],
)
def test_what_was_sent_and_to_whom_is_frozen_by_the_database(inside, cast, announce, statement):
    made = announce(regions=("Pacific",))
    with pytest.raises(DatabaseError, match="stays as it is"), inside():
        db.session.execute(text(statement), {"id": made})


def test_acknowledgements_are_counted_per_organisation_by_both_rules(inside, cast, announce):
    made = announce(due_on=date(2031, 3, 12))
    with inside():
        service.acknowledge(cast.colleague, made)
        assert rules.tally(queries.told(made)) == Tally(5, 1, 4, 0, 1)
        service.acknowledge(cast.focal, made)
        service.acknowledge(cast.focal, made)
        assert rules.tally(queries.told(made)) == Tally(5, 2, 4, 1, 1)


def test_only_who_was_told_acknowledges_and_only_what_asks_for_it(inside, cast, announce):
    made = announce(regions=("Africa",), due_on=date(2031, 3, 12))
    plain = announce(regions=("Pacific",))
    with inside():
        with pytest.raises(NotFound):
            service.acknowledge(cast.focal, made)
        with pytest.raises(Refused, match="not sent to you"):
            service.acknowledge(cast.secretariat, made)
        with pytest.raises(Refused, match="asks nobody to acknowledge"):
            service.acknowledge(cast.focal, plain)


def test_who_has_not_acknowledged_is_reminded_outside_quiet_hours(inside, cast, announce, mails):
    made = announce(regions=("Pacific",), due_on=date(2031, 3, 12))
    with inside():
        service.acknowledge(cast.focal, made)
    before = len(mails())
    midday = datetime(2031, 3, 12, 12, tzinfo=UTC)  # a Wednesday
    for moment in (midday - timedelta(days=5), midday, midday + timedelta(hours=1)):
        with inside(), clock.frozen(moment):
            notices.remind()
    later = mails()[before:]
    assert [to for to, _, _ in later] == ["Cole Colleague"]
    assert "/network/announcements/by-mail/" in later[0][2]


def test_the_reminder_waits_for_the_end_of_quiet_hours(inside, cast, announce, mails):
    announce(regions=("Pacific",), due_on=date(2031, 3, 12))
    with inside():
        db.session.execute(
            text(
                "insert into network.mail_rhythm (tenant_id, id, person_id, default_level, quiet_from,"
                " quiet_to, working_days, digest_hour, weekly_on, told_until, version) select tenant_id,"
                " gen_random_uuid(), id, 'every_post', '10:00', '14:00', :days, 8, :weekly, now(), 1"
                " from kernel.person"
            ),
            {"days": [*Day], "weekly": Day.MON},
        )
    before = len(mails())
    midday = datetime(2031, 3, 12, 12, tzinfo=UTC)
    with inside(), clock.frozen(midday):
        notices.remind()
    assert len(mails()) == before
    with inside(), clock.frozen(midday + timedelta(hours=3)):
        notices.remind()
    assert len(mails()) == before + 2


def test_it_is_no_longer_current_after_its_last_day(inside, cast, announce):
    made = announce(expires_on=date(2031, 3, 12))
    with inside(), clock.frozen(datetime(2031, 3, 12, 12, tzinfo=UTC)):
        service.expire()
        assert queries.seen_by(cast.focal, made).announcement.state == "sent"
    with inside(), clock.frozen(datetime(2031, 3, 14, 12, tzinfo=UTC)):
        service.expire()
        assert queries.seen_by(cast.focal, made).announcement.state == "expired"


def test_a_chair_announces_to_her_group_and_to_nobody_else(inside, cast, group, announce, factory):
    chair = factory.reload(cast.colleague.person_id)
    made = announce(author=chair, group_ids=(group.id,))
    assert told(inside, made) == {"Cole Colleague", "Fia Focal"}
    with inside():
        with pytest.raises(Refused, match="groups you chair"):
            service.draft(chair, Content((ENGLISH,), EVERYBODY))
        with pytest.raises(Forbidden):
            service.draft(cast.outsider, Content((ENGLISH,), EVERYBODY))
        with pytest.raises(Refused, match="may read"):
            service.draft(cast.secretariat, Content((ENGLISH,), Audience(group_ids=(group.id,))))


def test_a_change_on_an_old_version_and_of_what_is_sent_is_refused(inside, cast, announce):
    made = announce()
    with inside():
        draft = service.draft(cast.secretariat, Content((ENGLISH,), EVERYBODY))
        db.session.flush()
        with pytest.raises(Conflict):
            service.change(cast.secretariat, draft.id, Content((FRENCH,), EVERYBODY), version=7)
        version = queries.to_change(made).version
        with pytest.raises(Refused, match="draft no longer"):
            service.change(cast.secretariat, made, Content((FRENCH,), EVERYBODY), version=version)


def test_an_audience_of_nobody_is_not_sent(inside, cast):
    with inside():
        made = service.draft(cast.secretariat, Content((ENGLISH,), Audience(regions=("Asia",))))
        db.session.flush()
        with pytest.raises(Refused, match="Nobody"):
            service.schedule(cast.secretariat, made.id, version=made.version)


def test_what_is_to_be_acknowledged_waits_on_the_home_page(inside, cast, announce, waiting):
    made = announce(due_on=date(2031, 3, 12))
    announce()
    (item,) = waiting(cast.french)
    assert item["kind"] == "announcement_to_acknowledge"
    assert item["about"] == FRENCH.title
    assert item["url"].endswith(f"/network/announcements/{made}")
    with inside():
        service.acknowledge(cast.french, made)
    assert waiting(cast.french) == []


def test_a_draft_is_thrown_away(inside, cast):
    with inside():
        made = service.draft(cast.secretariat, Content((ENGLISH, FRENCH), EVERYBODY))
        db.session.flush()
        service.discard(cast.secretariat, made.id, version=made.version)
        db.session.flush()
        with pytest.raises(NotFound):
            queries.seen_by(cast.secretariat, made.id)


def test_who_chairs_a_group_no_more_neither_tells_nor_lists_its_members(inside, cast, group):
    content = Content((ENGLISH,), Audience(group_ids=(group.id,)))
    with inside():
        made = service.draft(cast.colleague, content)
        groups.appoint_chair(
            cast.colleague, group.id, person_id=cast.focal.person_id, term_ends_on=None
        )
        groups.end_chair(cast.colleague, group.id, person_id=cast.colleague.person_id)
    with inside():
        for act in (
            lambda: service.schedule(cast.colleague, made.id, version=1),
            lambda: service.preview(cast.colleague, made.id),
        ):
            with pytest.raises((Forbidden, Refused)):
                act()


def test_who_left_a_private_group_does_not_see_who_is_in_it(inside, cast, group):
    with inside():
        groups.add_member(cast.colleague, group.id, person_id=cast.secretariat.person_id)
    with inside():
        content = Content((ENGLISH,), Audience(group_ids=(group.id,)))
        made = service.draft(cast.secretariat, content)
        groups.remove_member(cast.colleague, group.id, person_id=cast.secretariat.person_id)
    with inside(), pytest.raises(Refused, match="may read"):
        service.preview(cast.secretariat, made.id)


def test_a_day_is_over_when_it_is_over_where_the_network_is(inside, cast, announce):
    made = announce(expires_on=date(2035, 3, 5))
    with inside():
        queries.to_change(made).time_zone = "Pacific/Auckland"
    for hour, state in ((10, "sent"), (12, "expired")):
        with inside(), clock.frozen(datetime(2035, 3, 5, hour, tzinfo=UTC)):
            service.expire()
            assert queries.to_change(made).state == state


def test_announcements_do_not_exist_for_a_guest(browser_for, inside, factory, cast, group):
    with inside():
        guest_id = make_guest(cast.colleague, group)
    assert browser_for(factory.reload(guest_id)).get("/network/announcements").status == 404


def test_who_holds_a_function_is_told_and_her_colleague_is_not(inside, cast, announce):
    assert told(inside, announce(functions=("focal_point",))) == {"Fia Focal"}
    assert told(inside, announce(functions=("it",), regions=("Pacific",), match=Match.ANY)) == {
        "Fia Focal", "Cole Colleague"
    }  # fmt: skip


def test_all_people_of_an_organisation_are_told_and_nobody_elses(inside, cast, announce):
    made = announce(organisation_ids=(cast.solomons.id,))
    assert told(inside, made) == {"Fia Focal", "Cole Colleague"}
    both = announce(organisation_ids=(cast.solomons.id,), functions=("focal_point",))
    assert told(inside, both) == {"Fia Focal"}
