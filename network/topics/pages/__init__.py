"""The pages of discussions.

index      the list
new        opening a topic
topic      a topic with its posts, and the box to answer in
changing   titles, posts, earlier versions, files
life       the accepted answer, closing and reopening
"""

from network.topics.pages import changing, index, life, new, topic
from network.topics.pages.blueprint import pages

__all__ = ["changing", "index", "life", "new", "pages", "topic"]
