"""What can be done in the library, by whichever door."""

from network.library.service.collections import (
    add_to_collection,
    create_collection,
    move_up,
    take_from_collection,
    update_collection,
)
from network.library.service.findable import SEARCH_KIND
from network.library.service.items import create_item, hand_over, update_item
from network.library.service.notices import remind_owners, tell_author, tell_reviewers
from network.library.service.renditions import add_rendition, remove_rendition
from network.library.service.review import publish, return_to_author, submit, withdraw
from network.library.service.texts import note_uses, read_rendition
from network.library.service.versions import discard_draft, edit_draft, start_version, translate

__all__ = [
    "SEARCH_KIND",
    "add_rendition",
    "add_to_collection",
    "create_collection",
    "create_item",
    "discard_draft",
    "edit_draft",
    "hand_over",
    "move_up",
    "note_uses",
    "publish",
    "read_rendition",
    "remind_owners",
    "remove_rendition",
    "return_to_author",
    "start_version",
    "submit",
    "take_from_collection",
    "tell_author",
    "tell_reviewers",
    "translate",
    "update_collection",
    "update_item",
    "withdraw",
]
