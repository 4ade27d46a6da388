"""What can be done with announcements, by whichever door and by jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, update

from kernel.audit import record
from kernel.db import db, new_id
from kernel.db.scope import become
from kernel.errors import N_, Message, NotFound, NotNow, Refused
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.mail import recipient_of
from kernel.mail.sealing import address_digest
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from network.announcements import access, findable, links, queries, rules
from network.announcements.events import AnnouncementScheduled, AnnouncementSent
from network.announcements.models import (
    Announcement,
    AnnouncementRecipient,
    AnnouncementText,
)
from network.announcements.queries import Named, Seen
from network.announcements.rules import Audience, Content, Function, State
from network.groups import queries as groups
from network.subscriptions import queries as subscriptions
from network.topics.service import Via


@dataclass(frozen=True)
class Preview:
    """Whom an announcement would reach if it were sent now."""

    people: Sequence[Named]

    @property
    def organisations(self) -> dict[tuple[UUID, str], list[str]]:
        """The people by organisation (id and name), in the order of the directory."""
        found: dict[tuple[UUID, str], list[str]] = {}
        for each in self.people:
            found.setdefault((each.organisation_id, each.organisation), []).append(each.name)
        return found


def draft(actor: Actor, content: Content) -> Announcement:
    """Keep a new announcement. Raises Forbidden, and Refused for an audience or days that cannot be."""
    _check(actor, content)
    announcement = Announcement(
        id=new_id(),
        author_id=actor.person_id,
        audience=content.audience.as_data(),
        must_acknowledge=content.must_acknowledge,
        due_on=content.due_on,
        expires_on=content.expires_on,
        time_zone=current_tenant().time_zone,
    )
    db.session.add(announcement)
    db.session.flush()
    _write_texts(announcement, content)
    label = _label(announcement)
    record(actor, "announcement.drafted", announcement, after=_facts(announcement), label=label)
    return announcement


def change(
    actor: Actor, announcement_id: UUID, content: Content, *, version: int | None
) -> Announcement:
    """Write a draft anew. Raises NotFound, Forbidden, Refused, and Conflict on another version."""
    announcement = _kept(actor, announcement_id, version)
    rules.check_draft(announcement.state)
    _check(actor, content)
    before = _facts(announcement)
    announcement.audience = content.audience.as_data()
    announcement.must_acknowledge = content.must_acknowledge
    announcement.due_on, announcement.expires_on = content.due_on, content.expires_on
    db.session.execute(
        delete(AnnouncementText).where(AnnouncementText.announcement_id == announcement.id)
    )
    _write_texts(announcement, content)
    after = _facts(announcement)
    record(
        actor,
        "announcement.changed",
        announcement,
        before=before,
        after=after,
        label=_label(announcement),
    )
    return announcement


def discard(actor: Actor, announcement_id: UUID, *, version: int | None) -> None:
    """Throw a draft away. Raises NotFound, Forbidden, Refused, and Conflict on another version."""
    announcement = _kept(actor, announcement_id, version)
    rules.check_draft(announcement.state)
    label = _label(announcement)
    record(actor, "announcement.discarded", announcement, before=_facts(announcement), label=label)
    db.session.delete(announcement)


def preview(actor: Actor, announcement_id: UUID) -> Preview:
    """Whom it would reach now. Raises NotFound, Forbidden, and Refused as `schedule` does."""
    seen = queries.seen_by(actor, announcement_id)
    access.require_keep(actor, seen.announcement.author_id)
    audience = rules.audience_from(seen.announcement.audience)
    _check_author(actor, seen.announcement, audience)
    return Preview(queries.named(_chosen(audience)))


def schedule(
    actor: Actor, announcement_id: UUID, *, version: int | None, at: datetime | None = None
) -> Announcement:
    """Have an announcement sent at a moment, at once where none is named.

    Raises NotFound, Forbidden, Conflict, and Refused for a moment that has passed, for days that are
    over by then, for an audience of nobody, and for one that its author may not tell any more.
    """
    announcement = _kept(actor, announcement_id, version)
    rules.check_draft(announcement.state)
    now = clock.now()
    if at is not None:
        rules.check_moment(at, now)
    audience = rules.audience_from(announcement.audience)
    _check_author(actor, announcement, audience)
    day = (at or now).astimezone(ZoneInfo(announcement.time_zone)).date()
    rules.check_content(_content(announcement), day)
    if not _chosen(audience):
        raise NotNow(N_("Nobody is in this audience. Change it, then send."))
    announcement.state = State.SCHEDULED
    announcement.scheduled_for = at or now
    record(
        actor,
        "announcement.scheduled",
        announcement,
        before={"state": State.DRAFT},
        after={"state": State.SCHEDULED, "scheduled_for": announcement.scheduled_for},
        label=_label(announcement),
    )
    emit(AnnouncementScheduled(announcement.id, announcement.scheduled_for))
    return announcement


def take_back(actor: Actor, announcement_id: UUID, *, version: int | None) -> Announcement:
    """Make what waits to be sent a draft again. Raises NotFound, Forbidden, Conflict and Refused."""
    announcement = _kept(actor, announcement_id, version)
    rules.check_scheduled(announcement.state)
    announcement.state, announcement.scheduled_for = State.DRAFT, None
    record(
        actor,
        "announcement.taken_back",
        announcement,
        before={"state": State.SCHEDULED},
        after={"state": State.DRAFT},
        label=_label(announcement),
    )
    return announcement


def send(announcement_id: UUID) -> bool:
    """Fix the audience of an announcement whose moment has come, and have it told.

    Returns whether it was sent now: what was taken back, put off or sent before stays as it is.
    """
    announcement = queries.to_change(announcement_id)
    now = clock.now()
    due = announcement.scheduled_for
    if announcement.state != State.SCHEDULED or due is None or due > now:
        return False
    people = _chosen(rules.audience_from(announcement.audience))
    for facts in people:
        db.session.add(
            AnnouncementRecipient(
                announcement_id=announcement.id,
                person_id=facts.person_id,
                organisation_id=facts.organisation_id,
                is_focal=Function.FOCAL_POINT in facts.functions,
            )
        )
    db.session.flush()
    announcement.state, announcement.sent_at = State.SENT, now
    after = {"state": State.SENT, "people": len(people)}
    label = _label(announcement)
    record(
        None,
        "announcement.sent",
        announcement,
        before={"state": State.SCHEDULED},
        after=after,
        label=label,
    )
    findable.make_findable(announcement)
    emit(AnnouncementSent(announcement.id))
    return True


@dataclass(frozen=True)
class Opened:
    """What the link of a mail leads to: for whom, None once it works no more."""

    announcement_id: UUID
    reader: Actor | None


def opened_by(token: str) -> Opened:
    """What the link in a mail opens, with its person in scope and what she may see at this moment.

    It works no more once it is too old, her address is another, or the group it was announced to wants
    nothing shown without a sign-in. Raises NotFound for a link that is not ours, and where her account is
    closed or sees no announcements.
    """
    claim = links.claim_of(token)
    if claim is None:
        raise NotFound
    mailbox = recipient_of(claim.person_id, also_suspended=True)
    actor = actor_by_person(claim.person_id, clock.now())
    if mailbox is None or actor is None or not access.can_see(actor):
        raise NotFound
    is_hers = address_digest(mailbox.address) == claim.mailbox
    if claim.is_over or not is_hers or is_content_free(claim.announcement_id):
        return Opened(claim.announcement_id, None)
    become(db.session(), actor.person_id, actor.organisation_ids)
    return Opened(claim.announcement_id, actor)


def is_content_free(announcement_id: UUID) -> bool:
    """Whether it is announced to a group whose mails carry no content. Raises NotFound."""
    announcement = queries.announcement(announcement_id)
    group_ids = rules.audience_from(announcement.audience).group_ids
    return bool(group_ids and subscriptions.content_free_among(group_ids))


def acknowledge(actor: Actor, announcement_id: UUID, *, via: Via = Via.WEB) -> Seen:
    """Say that one has read it; saying it again changes nothing.

    Raises NotFound for what one was not told, and Refused for what is not to be acknowledged.
    """
    seen = queries.seen_by(actor, announcement_id)
    rules.check_acknowledgeable(seen.announcement.state, seen.announcement.must_acknowledge)
    if not seen.is_recipient:
        raise NotNow(
            N_("This announcement was not sent to you, so there is nothing to acknowledge.")
        )
    done = db.session.execute(
        update(AnnouncementRecipient)
        .where(
            AnnouncementRecipient.announcement_id == announcement_id,
            AnnouncementRecipient.person_id == actor.person_id,
            AnnouncementRecipient.acknowledged_at.is_(None),
        )
        .values(acknowledged_at=clock.now())
        .returning(AnnouncementRecipient.id)
    ).one_or_none()
    if done is not None:
        record(
            actor,
            "announcement.acknowledged",
            seen.announcement,
            after={"via": via.value},
            label=_label(seen.announcement),
        )
    return queries.seen_by(actor, announcement_id)


def expire() -> None:
    """Let what was sent and whose last day has passed be no longer current."""
    # The day may be over already where the announcement was meant: east of Greenwich it is later.
    for announcement in queries.over((clock.now() + timedelta(days=1)).date()):
        if announcement.expires_on is None or announcement.expires_on >= today_of(announcement):
            continue
        announcement.state = State.EXPIRED
        record(
            None,
            "announcement.expired",
            announcement,
            before={"state": State.SENT},
            after={"state": State.EXPIRED},
            label=_label(announcement),
        )


def send_due() -> None:
    """Send what should have been sent, should a job at its very moment have been lost."""
    for announcement_id in queries.due_to_send(clock.now()):
        send(announcement_id)


def today_of(announcement: Announcement) -> date:
    """The day it is where the days of an announcement were meant."""
    return clock.now().astimezone(ZoneInfo(announcement.time_zone)).date()


def day_of(announcement: Announcement, moment: datetime | None) -> date | None:
    """The day a moment lies in, there."""
    zone = ZoneInfo(announcement.time_zone)
    return None if moment is None else moment.astimezone(zone).date()


def _kept(actor: Actor, announcement_id: UUID, version: int | None) -> Announcement:
    announcement = queries.seen_by(actor, announcement_id).announcement
    access.require_keep(actor, announcement.author_id)
    announcement.expect(version, {"state": announcement.state})
    return announcement


def _check(actor: Actor, content: Content) -> None:
    access.require_write(actor, queries.chaired(actor))
    zone = ZoneInfo(current_tenant().time_zone)
    rules.check_content(content, clock.now().astimezone(zone).date())
    _check_audience(actor, content.audience)
    if not queries.are_organisations(content.audience.organisation_ids):
        raise Refused(
            N_("Choose one of the listed options for “%(label)s”."),
            field="organisation_ids",
            label=Message(N_("By organisation")),
        )


def _check_author(actor: Actor, announcement: Announcement, audience: Audience) -> None:
    """What she might tell when she wrote it, she may not when she has left the chair or the group since."""
    if actor.person_id == announcement.author_id:
        access.require_write(actor, queries.chaired(actor))
        _check_audience(actor, audience)


def _check_audience(actor: Actor, audience: Audience) -> None:
    chaired = queries.chaired(actor)
    if not access.can_send(actor):
        rules.check_only_group(audience, chaired)
    known = {group.id for group in groups.groups_read_by(actor)}
    if not set(audience.group_ids) <= known | set(chaired):
        raise Refused(N_("Choose groups that you may read."), field="group_ids")


def _chosen(audience: Audience) -> list[rules.PersonFacts]:
    return rules.chosen(audience, queries.people_facts(audience.group_ids))


def _write_texts(announcement: Announcement, content: Content) -> None:
    for position, text in enumerate(content.texts, start=1):
        db.session.add(
            AnnouncementText(
                announcement_id=announcement.id,
                position=position,
                language=text.language,
                title=text.title,
                body=text.body,
            )
        )
    db.session.flush()


def _content(announcement: Announcement) -> Content:
    return Content(
        texts=tuple(queries.texts_of([announcement.id])[announcement.id]),
        audience=rules.audience_from(announcement.audience),
        must_acknowledge=announcement.must_acknowledge,
        due_on=announcement.due_on,
        expires_on=announcement.expires_on,
    )


def _facts(announcement: Announcement) -> dict[str, object]:
    """What the trail tells of it: whom it is for and its days."""
    return {
        "audience": announcement.audience,
        "must_acknowledge": announcement.must_acknowledge,
        "due_on": announcement.due_on,
        "expires_on": announcement.expires_on,
    }


def _label(announcement: Announcement) -> str:
    """What the trail calls it: its title, or its groups where not everybody reads what is said in them."""
    audience = rules.audience_from(announcement.audience)
    closed = groups.closed_names(audience.group_ids) if audience.group_ids else []
    return ", ".join(closed) or queries.texts_of([announcement.id])[announcement.id][0].title
