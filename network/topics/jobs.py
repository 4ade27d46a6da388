"""What is done once a post is committed."""

from kernel.events import subscriber
from network.topics import notices
from network.topics.events import PostWritten


@subscriber(PostWritten, "network.tell_members")
def tell_members(event: PostWritten) -> None:
    """Mail the post to the other members of its group."""
    notices.tell_members(event.post_id)
