"""What can be done about posts: reporting them, deciding on them, and whose first posts wait."""

from uuid import UUID

from sqlalchemy import update

from kernel import audit
from kernel.db import db
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from kernel.values import clock
from network.moderation import access, queries, rules
from network.moderation.events import PostFlagged, PostHidden, PostReleased
from network.moderation.models import Decision, Flag, PostingPolicy
from network.moderation.rules import Verdict
from network.topics import queries as topics
from network.topics import service as posts
from network.topics.service import Via


def flag_post(actor: Actor, post_id: UUID, *, reason: rules.FlagReason, note: str = "") -> Flag:
    """Report a post to its moderators, once; they are told by mail of the first report.

    Where nobody in the group decides but its author, it goes to those who moderate network-wide. Raises
    NotFound, and Refused for one's own post, one that is not shown, or one reported before.
    """
    seen = topics.post_seen_by(actor, post_id)
    rules.check_flagging(seen.post.author_id == actor.person_id, seen.post.status)
    first = not queries.open_flags([post_id])
    to_network = queries.is_left_to_network(seen)
    flag = Flag(
        post_id=post_id,
        person_id=actor.person_id,
        reason=reason.value,
        note=note,
        to_network=to_network,
    )
    db.session.add(flag)
    audit.record(
        actor,
        "post.flagged",
        seen.post,
        after={"reason": reason.value, "to_network": to_network},
        label=seen.label,
    )
    if first:
        emit(PostFlagged(post_id=post_id))
    return flag


def approve_post(actor: Actor, post_id: UUID, *, via: Via = Via.WEB) -> None:
    """Let a post stand: one that waited is published and mailed, a hidden one shown again, reports closed.

    The author is told by mail of what can be read now and could not before.

    Raises NotFound, Forbidden for who does not moderate there, and Refused for her own post or one on which
    there is nothing to decide.
    """
    topics.hold_topic_of(post_id)
    seen = post_to_decide(actor, post_id)
    before = seen.post.status
    if before == "visible" and not queries.open_flags([post_id]):
        raise NotNow(N_("There is nothing to decide on this post: nobody has reported it."))
    posts.release_post(seen.post, seen.topic)
    _decide(actor, seen, Verdict.APPROVED, "", via)
    audit.record(
        actor,
        "post.approved",
        seen.post,
        before={"status": before},
        after={"status": seen.post.status},
        label=seen.label,
    )
    if before != "visible":
        emit(PostReleased(post_id=post_id, waited=before == "pending"))


def hide_post(actor: Actor, post_id: UUID, *, reason: str, via: Via = Via.WEB) -> None:
    """Take a post from sight; its author is told the reason by mail.

    Raises NotFound, Forbidden, and Refused without a reason, for one's own post, or one hidden already.
    """
    topics.hold_topic_of(post_id)
    seen = post_to_decide(actor, post_id)
    said = rules.check_reason(reason)
    before = seen.post.status
    if before == "hidden":
        raise NotNow(N_("This post is hidden already: there is nothing more to do."))
    posts.hide_post(actor, seen.post, seen.topic, said)
    _decide(actor, seen, Verdict.HIDDEN, said, via)
    audit.record(
        actor,
        "post.hidden",
        seen.post,
        before={"status": before},
        after={"status": seen.post.status, "via": via.value},
        label=seen.label,
    )
    emit(PostHidden(post_id=post_id))


def decide_by_mail(actor: Actor, post_id: UUID, text: str) -> Verdict:
    """Do what a moderator wrote in answer to the mail about a post: `approve`, or `hide` and a reason.

    Raises Refused for anything else, and what `approve_post` and `hide_post` raise.
    """
    answer = rules.parse_answer(text)
    if answer.verdict is Verdict.APPROVED:
        approve_post(actor, post_id, via=Via.MAIL)
    else:
        hide_post(actor, post_id, reason=answer.reason, via=Via.MAIL)
    return answer.verdict


def set_policy(actor: Actor, *, version: int | None, first_posts_held: int) -> PostingPolicy:
    """Decide how many first posts of a new member wait for a moderator, from 0 to 20.

    Posts that wait already are not let go by it. Raises Forbidden, and Conflict when `version` is not the one
    that stands (0 before anybody decided).
    """
    actor.require(KernelPermission.SETTINGS_MANAGE)
    decided = queries.policy()
    if decided is None:
        decided = PostingPolicy(first_posts_held=0, version=0)
        db.session.add(decided)
    decided.expect(version, {"first_posts_held": decided.first_posts_held})
    before = {"first_posts_held": decided.first_posts_held}
    decided.first_posts_held = first_posts_held
    audit.record(
        actor,
        "posting_policy.changed",
        decided,
        before=before,
        after={"first_posts_held": first_posts_held},
    )
    return decided


def forget_notes(person_id: UUID) -> None:
    """Erase what somebody wrote in her reports; that there was one, and its reason, stay."""
    db.session.execute(update(Flag).where(Flag.person_id == person_id).values(note=""))


def post_to_decide(actor: Actor, post_id: UUID) -> topics.PostSeen:
    """A post for who decides on it.

    Raises NotFound, Forbidden for who does not moderate there, and Refused for her own post, on which she
    does not learn who reported it, or one that is removed.
    """
    seen = queries.post_to_decide(actor, post_id)
    access.require_decide(actor, seen.standing)
    if seen.post.author_id == actor.person_id:
        raise NotNow(N_("You wrote this yourself: another moderator decides on it."))
    if seen.post.status == "deleted":
        raise NotNow(N_("This post was removed meanwhile: there is nothing left to decide."))
    return seen


def post_shown_to_decide(actor: Actor, post_id: UUID) -> topics.PostSeen:
    """A post for who comes to look at it. Raises Forbidden, and NotFound where there is nothing to decide."""
    try:
        return post_to_decide(actor, post_id)
    except Refused as nothing:
        raise NotFound(nothing.message.text) from nothing


def _decide(actor: Actor, seen: topics.PostSeen, verdict: Verdict, reason: str, via: Via) -> None:
    db.session.add(
        Decision(
            post_id=seen.post.id,
            verdict=verdict.value,
            reason=reason,
            via=via.value,
            decided_by=actor.person_id,
        )
    )
    db.session.execute(
        update(Flag)
        .where(Flag.post_id == seen.post.id, Flag.closed_at.is_(None))
        .values(closed_at=clock.now())
    )
