"""What is done once a post waits, was reported or is hidden."""

from kernel.events import subscriber
from network.moderation import notices
from network.moderation.events import PostFlagged, PostHidden
from network.topics.service import PostHeld


@subscriber(PostHeld, "network.tell_moderators_held")
def tell_of_held(event: PostHeld) -> None:
    """Mail a post that waits to its moderators."""
    notices.tell_moderators(event.post_id)


@subscriber(PostFlagged, "network.tell_moderators_flagged")
def tell_of_flagged(event: PostFlagged) -> None:
    """Mail a reported post to its moderators."""
    notices.tell_moderators(event.post_id)


@subscriber(PostHidden, "network.tell_author")
def tell_of_hidden(event: PostHidden) -> None:
    """Tell the author of a hidden post."""
    notices.tell_author(event.post_id)
