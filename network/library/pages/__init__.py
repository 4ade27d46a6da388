"""The pages of the library: the list and items, versions on their way to being published, collections."""

from network.library.pages import collections, items, versions
from network.library.pages.blueprint import pages

__all__ = ["collections", "items", "pages", "versions"]
