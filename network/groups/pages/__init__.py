"""The pages of groups: the list, a group, and how one comes in."""

from network.groups.pages import chairs, groups, guests, joining, seats
from network.groups.pages.blueprint import pages

__all__ = ["chairs", "groups", "guests", "joining", "pages", "seats"]
