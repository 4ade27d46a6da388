"""The pages of groups: the list, a group, and how one comes in."""

from network.groups.pages import groups, guests, joining, seats
from network.groups.pages.blueprint import pages

__all__ = ["groups", "guests", "joining", "pages", "seats"]
