"""Whatever is done with topics and posts is on the trail: who, to what, from and to."""

from io import BytesIO

from werkzeug.datastructures import FileStorage

from network.groups.queries import group_by_id
from network.topics import queries, service
from network.topics.rules import ReactionKind, TopicKind
from tests.factories.network import make_topic
from tests.trails import Deed


def open_topic(title):
    return lambda who, ids: make_topic(who, group_by_id(ids["group"]), title)


def first_post(ids, topic="topic"):
    return queries.all_posts(ids[topic])[0]


def reply(topic="topic"):
    return lambda who, ids: service.reply(who, ids[topic], body="It does.", language="en")


def of_topic(act, topic="topic"):
    return lambda who, ids: act(who, ids[topic])


def of_post(act, **given):
    return lambda who, ids: act(who, ids["post"], **given)


def rename(who, ids):
    stands = queries.topic_seen_by(who, ids["topic"]).topic.version
    service.rename_topic(who, ids["topic"], version=stands, title="Ink")


def tag(who, ids):
    stands = queries.topic_seen_by(who, ids["topic"]).topic.version
    service.tag_topic(who, ids["topic"], version=stands, tags=["sea"])


def edit(who, ids):
    version = first_post(ids).version
    return service.edit_post(who, ids["post"], version=version, body="It did.", language="fr")


def attach(who, ids):
    file = FileStorage(BytesIO(b"Ten drops (fictional)."), "drops.txt")
    service.attach_file(who, ids["post"], file=file)


def split(who, ids):
    kept = [str(ids["post"])]
    return service.split_topic(
        who, ids["topic"], post_ids=kept, title="Drops", kind=TopicKind.DISCUSSION
    )


def move(who, ids):
    service.move_topic(who, ids["topic"], group_id=ids["group elsewhere"])


def merge(who, ids):
    service.merge_topic(who, ids["topic split off"], into_id=ids["topic that stays"])


TOPICS = [
    Deed("member", open_topic("Inks"), "topic.created", "topic", None,
         {"group_id": "group", "title": "Inks"}),
    Deed("member", rename,
         "topic.renamed", "topic", {"title": "Inks"}, {"title": "Ink"}),
    Deed("chair", tag,
         "topic.tagged", "topic", {"tags": []}, {"tags": ["sea"]}),
    Deed("chair", of_topic(service.pin_topic), "topic.pinned", "topic"),
    Deed("chair", of_topic(service.unpin_topic), "topic.unpinned", "topic"),
    Deed("chair", of_topic(service.close_topic), "topic.status_changed", "topic",
         {"status": "open"}, {"status": "locked"}),
    Deed("chair", of_topic(service.reopen_topic), "topic.status_changed", "topic",
         {"status": "locked"}, {"status": "open"}),
]  # fmt: skip

POSTS = [
    Deed("chair", reply(), "post.written", "post", None, {"topic_id": "topic"}),
    Deed("chair", edit, "post.edited", "post",
         {"version": 1, "language": "en"}, {"version": 2, "language": "fr"}),
    Deed("chair", attach, "post.file_added", "post", None, {"file": "drops.txt"}),
    Deed("member", of_post(service.accept_answer), "topic.answered", "topic", None,
         {"accepted_post_id": "post"}),
    Deed("member", of_post(service.take_answer_back), "topic.answer_taken_back", "topic",
         {"accepted_post_id": "post"}),
    Deed("member", of_post(service.react, kind=ReactionKind.THANKS), "post.reacted", "post", None,
         {"kind": "thanks"}),
    Deed("member", of_post(service.take_reaction_back, kind=ReactionKind.THANKS),
         "post.reaction_taken_back", "post", {"kind": "thanks"}),
    Deed("member", of_post(service.add_translation, language="ar", body="نعم."),
         "post.translated", "post", None, {"language": "ar", "of_version": 2},
         makes="post_translation"),
    Deed("member",
         lambda who, ids: service.change_translation(
             who, ids["post_translation"], version=1, body="نعم!"),
         "post.translation_changed", "post", None, {"language": "ar", "of_version": 2}),
    Deed("chair", lambda who, ids: service.remove_translation(who, ids["post_translation"]),
         "post.translation_removed", "post", None, {"language": "ar", "of_version": 2}),
]  # fmt: skip

MOVES = [
    Deed("chair", split, "topic.split", "topic", None, {"topic_id": "topic split off", "posts": 1},
         makes="topic split off"),
    Deed("chair", open_topic("Seals"), "topic.created", "topic that stays", None,
         {"group_id": "group", "title": "Seals"}),
    Deed("chair", merge, "topic.merged", "topic split off", None,
         {"merged_into_id": "topic that stays", "posts": 1}),
    Deed("chair", move, "topic.moved", "topic",
         {"group_id": "group"}, {"group_id": "group elsewhere"}),
    Deed("chair", lambda who, ids: service.remove_post(who, ids["post"], reason="Off the subject."),
         "post.removed", "post", None, {"reason": "Off the subject."}),
]  # fmt: skip

DEEDS = [*TOPICS, *POSTS, *MOVES]


def test_whatever_is_done_with_topics_and_posts_is_on_the_trail(untold, inside, cast):
    known = {"chair": cast.chair, "member": cast.member, "group": cast.open}
    assert untold(DEEDS, **known, **{"group elsewhere": cast.private}) == []
