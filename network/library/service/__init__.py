"""What can be done in the library, by whichever door."""

from network.library.service.findable import SEARCH_KIND
from network.library.service.items import create_item, hand_over, update_item
from network.library.service.renditions import add_rendition, remove_rendition
from network.library.service.review import publish, return_to_author, submit, withdraw
from network.library.service.versions import discard_draft, edit_draft, start_version, translate

__all__ = [
    "SEARCH_KIND",
    "add_rendition",
    "create_item",
    "discard_draft",
    "edit_draft",
    "hand_over",
    "publish",
    "remove_rendition",
    "return_to_author",
    "start_version",
    "submit",
    "translate",
    "update_item",
    "withdraw",
]
