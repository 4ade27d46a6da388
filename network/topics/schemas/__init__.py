"""What is sent to topics and answered of them.

writing   topics, posts, titles, files
life      tags, removal, reactions, reading, translations
shown     what is answered, and how lists are asked for
"""

from network.topics.schemas.life import (
    MergeInput,
    MoveInput,
    ReactionInput,
    ReactionQuery,
    ReadingInput,
    RemovalInput,
    SplitInput,
    TagsInput,
    TranslationChange,
    TranslationInput,
)
from network.topics.schemas.shown import (
    BookmarkQuery,
    BookmarksOutput,
    FileOutput,
    PostOutput,
    ReplyAddressOutput,
    TagsOutput,
    TopicListQuery,
    TopicOutput,
    TopicsOutput,
    TranslationOutput,
    TranslationsOutput,
)
from network.topics.schemas.writing import (
    LANGUAGES,
    FileInput,
    PostChange,
    PostForm,
    PostInput,
    TitleInput,
    TopicForm,
    TopicInput,
)

__all__ = [
    "LANGUAGES",
    "BookmarkQuery",
    "BookmarksOutput",
    "FileInput",
    "FileOutput",
    "MergeInput",
    "MoveInput",
    "PostChange",
    "PostForm",
    "PostInput",
    "PostOutput",
    "ReactionInput",
    "ReactionQuery",
    "ReadingInput",
    "RemovalInput",
    "ReplyAddressOutput",
    "SplitInput",
    "TagsInput",
    "TagsOutput",
    "TitleInput",
    "TopicForm",
    "TopicInput",
    "TopicListQuery",
    "TopicOutput",
    "TopicsOutput",
    "TranslationChange",
    "TranslationInput",
    "TranslationOutput",
    "TranslationsOutput",
]
