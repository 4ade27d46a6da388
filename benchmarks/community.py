"""Groups, topics and posts by the hundred thousand."""

from uuid import UUID

from benchmarks.stage import GROUPS, POSTS, POSTS_ELSEWHERE, TOPICS, Stage
from kernel.db import db, scoped
from network.topics import service as topics
from network.topics.rules import ReactionKind
from tests.factories.network import make_group, make_topic

_PEOPLE = """
insert into kernel.organisation (tenant_id, id, kind, name, name_is_fallback, sort_key, country, languages,
                                 membership, version)
select t.id, uuidv7(), 'emb', 'Electoral Commission ' || n, false, 'electoral commission ' || n,
       chr(65 + n / 26) || chr(65 + n % 26), '{}', 'active', 1
from kernel.tenant t, generate_series(0, 55) n;
insert into kernel.person (tenant_id, id, name, sort_key, version)
select o.tenant_id, uuidv7(), 'Person Fictional ' || n, 'person fictional ' || n, 1
from kernel.organisation o, generate_series(1, 3) n where o.kind = 'emb';
"""
_GROUPS = """
insert into network."group" (tenant_id, id, name, purpose, kind, joining, visibility, state,
                             created_by, created_at, version)
select t.id, uuidv7(), 'Working group ' || n, 'Measured', 'working_group', 'on_request',
       case when n % 2 = 0 then 'open' else 'private' end, 'active', p.id, now(), 1
from kernel.tenant t
cross join generate_series(1, :groups) n
cross join lateral (select id from kernel.person p where p.tenant_id = t.id limit 1) p;
insert into network.group_membership (tenant_id, id, group_id, person_id, organisation_id, added_by,
                                      is_chair, joined_at)
select g.tenant_id, uuidv7(), g.id, a.person_id, a.organisation_id, a.person_id,
       a.person_id = g.created_by, now()
from network."group" g join kernel.affiliation a on a.tenant_id = g.tenant_id
"""
_TOPICS = """
insert into network.topic (tenant_id, id, group_id, kind, title, language, status, author_id,
                           organisation_id, created_at, last_post_at, replies, version)
select g.tenant_id, uuidv7(), g.id, case when n % 3 = 0 then 'question' else 'discussion' end,
       'How do you keep indelible ink usable for ' || n || ' months in a humid climate?', 'en',
       case when n % 3 = 0 and n % 2 = 0 then 'answered' else 'open' end, p.id, o.id,
       now() - n * interval '1 hour', now() - n * interval '50 minutes', n % 40, 1
from network."group" g
cross join generate_series(1, :topics / :groups) n
cross join lateral (select id from kernel.person p where p.tenant_id = g.tenant_id
                    and n > 0 offset n % 168 limit 1) p
cross join lateral (select id from kernel.organisation o where o.tenant_id = g.tenant_id
                    and o.kind = 'emb' and n > 0 offset n % 56 limit 1) o
where (g.tenant_id = :tenant) = :here and g.purpose = 'Measured'
"""
_POSTS = """
insert into network.post (tenant_id, id, topic_id, author_id, organisation_id, body, language, status, via,
                          message_id, created_at, version)
select t.tenant_id, uuidv7(), t.id, t.author_id, t.organisation_id,
       'We store it at fifteen degrees and test a drop from each batch every month.', 'en', 'visible',
       'web', gen_random_uuid() || '@example.org', now() - n * interval '1 minute', 1
from network.topic t cross join generate_series(1, :each) n
where (t.tenant_id = :tenant) = :here
"""


def populate(stage: Stage) -> None:
    """The community at its first size: 20,000 posts here, a little in every other network."""
    tenant = stage.tenant.id
    for statement in _PEOPLE.split(";\n"):
        if statement.strip():
            stage.execute(statement)
    for statement in _GROUPS.split(";\n"):
        stage.execute(statement, groups=GROUPS) if ":groups" in statement else stage.execute(
            statement
        )
    elsewhere = POSTS_ELSEWHERE // 10
    stage.execute(_TOPICS, topics=TOPICS, groups=GROUPS, tenant=tenant, here=True)
    stage.execute(_TOPICS, topics=elsewhere, groups=GROUPS, tenant=tenant, here=False)
    stage.execute(_POSTS, each=POSTS // TOPICS, tenant=tenant, here=True)
    stage.execute(_POSTS, each=10, tenant=tenant, here=False)
    stage.settle()


def topic_of_20(stage: Stage, group: str) -> UUID:
    """A topic of twenty posts with what hangs on posts, in a group made for it and called so."""
    reader, colleague = stage.reader, stage.factory.actor(f"Colleague of {group} Fictional")
    with stage.app.app_context(), scoped(stage.tenant.id):
        made = make_group(reader, reader, [colleague], name=group)
        topic = make_topic(reader, made, "Does indelible ink hold in the tropics?")
        for number in range(1, 20):
            post = topics.reply(
                colleague if number % 2 else reader,
                topic.id,
                body=f"We test **{number}** drops of each batch:\n\n- on paper\n- on skin\n\nIt holds.",
                language="en",
            )
            if number % 4 == 0:
                topics.react(colleague, post.id, kind=ReactionKind.THANKS)
        topics.tag_topic(reader, topic.id, version=topic.version, tags=["indelible ink"])
        db.session.commit()
        return topic.id


def grow(stage: Stage, times: int) -> None:
    """Give the reader's network so many times its topics and posts."""
    tenant = stage.tenant.id
    more = times - 1
    with stage.without_indexes("network.topic"):
        stage.execute(_TOPICS, topics=TOPICS * more, groups=GROUPS, tenant=tenant, here=True)
    fresh = (
        " and not exists (select from network.post p where p.tenant_id = t.tenant_id"
        " and p.topic_id = t.id)"
    )
    with stage.without_indexes("network.post"):
        stage.execute(_POSTS + fresh, each=POSTS // TOPICS, tenant=tenant, here=True)
    stage.settle()
