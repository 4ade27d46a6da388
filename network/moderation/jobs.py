"""What is done once a post waits, was reported or decided on, and when somebody is forgotten."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from network.moderation import notices, service
from network.moderation.events import PostFlagged, PostHidden, PostReleased
from network.topics.service import PostHeld


@subscriber(PostHeld, "network.tell_moderators_held")
def tell_of_held(event: PostHeld) -> None:
    """Mail a post that waits to its moderators, and tell who wrote it by mail that it does."""
    notices.tell_moderators(event.post_id)
    notices.tell_of_waiting(event.post_id)


@subscriber(PostFlagged, "network.tell_moderators_flagged")
def tell_of_flagged(event: PostFlagged) -> None:
    """Mail a reported post to its moderators."""
    notices.tell_moderators(event.post_id)


@subscriber(PostHidden, "network.tell_author")
def tell_of_hidden(event: PostHidden) -> None:
    """Tell the author of a hidden post."""
    notices.tell_of_hidden(event.post_id)


@subscriber(PostReleased, "network.tell_author_released")
def tell_of_released(event: PostReleased) -> None:
    """Tell the author of a post that can be read now."""
    notices.tell_of_released(event.post_id, waited=event.waited)


@subscriber(PersonErased, "network.forget_reports")
def forget_reports(event: PersonErased) -> None:
    """Forget in what words she reported posts."""
    service.forget_notes(event.person_id)
