"""The pages of discussions.

index        the list
new          opening a topic
topic        a topic with its posts, and the box to answer in
changing     titles, posts, earlier versions, removal, files
marks        a post by its own address, reactions, bookmarks
translating  translations of posts
moving       to another group, splitting, merging
life         the accepted answer, tags, pins, closing, the archive
"""

from network.topics.pages import changing, index, life, marks, moving, new, topic, translating
from network.topics.pages.blueprint import pages

__all__ = ["changing", "index", "life", "marks", "moving", "new", "pages", "topic", "translating"]
