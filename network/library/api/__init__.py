"""The JSON API of the library: the services of the pages, by another door."""

from network.library.api import collections, items
from network.library.api.blueprint import api

__all__ = ["api", "collections", "items"]
