"""What can be done about posts: reporting them, deciding on them, and whose first posts wait."""

from kernel import audit
from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from network.moderation import queries
from network.moderation.models import PostingPolicy


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
