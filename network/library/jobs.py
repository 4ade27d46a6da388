"""What is done once something in the library is committed, and day by day."""

from kernel.events import subscriber
from kernel.jobs import job
from network.library import service
from network.library.events import RenditionAdded, VersionDecided, VersionSubmitted
from network.topics.service import PostChanged, PostWritten


@subscriber(RenditionAdded, "network.read_rendition")
def read_rendition(event: RenditionAdded) -> None:
    """Read the words of a file, so that they can be found."""
    service.read_rendition(event.rendition_id)


@subscriber(VersionSubmitted, "network.tell_reviewers")
def tell_reviewers(event: VersionSubmitted) -> None:
    """Mail who may publish a version that it waits."""
    service.tell_reviewers(event.version_id)


@subscriber(VersionDecided, "network.tell_library_author")
def tell_author(event: VersionDecided) -> None:
    """Mail the author of a version what was decided."""
    service.tell_author(event.version_id)


@subscriber(PostWritten, "network.note_library_uses")
def note_uses(event: PostWritten) -> None:
    """Remember the items a post names by their address."""
    service.note_uses(event.post_id)


@subscriber(PostChanged, "network.note_changed_library_uses")
def note_changed_uses(event: PostChanged) -> None:
    """Remember those it names now, and forget the others."""
    service.note_uses(event.post_id)


@job("network.remind_library_owners", every="10 5 * * *")
def remind_owners() -> None:
    """Mail the owners of items to look at again."""
    service.remind_owners()
