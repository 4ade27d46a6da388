"""What is done once a post is committed."""

from kernel.events import subscriber
from network.subscriptions import service as subscriptions
from network.topics.events import PostsShownAgain, PostWritten


@subscriber(PostWritten, "network.tell_members")
def tell_members(event: PostWritten) -> None:
    """Mail the post to whoever wants it."""
    subscriptions.tell_of_post(event.post_id)


@subscriber(PostsShownAgain, "network.tell_members_again")
def tell_members_again(event: PostsShownAgain) -> None:
    """Mail the posts to whom they did not reach."""
    subscriptions.tell_again(event.post_ids, event.hidden_at)
