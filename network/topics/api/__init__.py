"""The JSON API of topics and posts.

topics   lists, topics, tags, pins, closing and the archive
posts    answering, changing, removing, files, accepted answers
marks    reactions, bookmarks, reading, translations
"""

from network.topics.api import marks, posts, topics
from network.topics.api.blueprint import api

__all__ = ["api", "marks", "posts", "topics"]
