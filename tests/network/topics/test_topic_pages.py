"""The pages and the API of discussions."""

import io

import pytest
from sqlalchemy import update
from werkzeug.datastructures import FileStorage

from kernel.db import db
from network.topics import queries as topic_queries
from network.topics import service
from network.topics.models import Post
from tests.factories.network import make_topic


def test_a_member_opens_a_topic_and_another_answers(browser_for, cast):
    browser = browser_for(cast.member)
    page = browser.get("/network/discussions/new")
    assert "Only members of the group can see this. 1 person will be mailed." in page.text
    page = browser.submit(
        page, group_id=str(cast.private.id), title="Indelible ink", body="Does it **hold**?"
    )
    assert "Indelible ink" in page.title
    assert "<strong>hold</strong>" in page.html
    assert "Who can see this" in page.text
    chair = browser_for(cast.chair)
    page = chair.submit(chair.get(page.path), "Post the answer", body="It does.")
    assert "It does." in page.text


def test_a_file_goes_up_with_a_post_and_comes_down_as_a_download(browser_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.private)
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/{topic.id}")
    page = browser.submit(
        page,
        "Post the answer",
        body="See the plan.",
        files=(io.BytesIO(b"%PDF-1.4 plan"), "plan.pdf"),
    )
    address = page.links()["plan.pdf"]
    answer = browser.get(address).response
    assert answer.data == b"%PDF-1.4 plan"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_was_typed_is_kept_when_a_topic_is_refused(browser_for, cast):
    browser = browser_for(cast.member)
    page = browser.submit(browser.get("/network/discussions/new"), title="", body="My long text")
    assert page.status == 422
    assert page.errors == [
        "Choose the group to write in.",
        "Enter a title that says what it is about.",
    ]
    assert "My long text" in page.html


def test_two_windows_changing_the_same_post_the_second_sees_both(browser_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.private)
        db.session.flush()
        post_id = topic_queries.first_post_id(topic.id)
    one, two = browser_for(cast.member), browser_for(cast.member)
    opened = two.get(f"/network/discussions/posts/{post_id}/edit")
    one.submit(one.get(f"/network/discussions/posts/{post_id}/edit"), body="Written first")
    page = two.submit(opened, body="Written second")
    assert page.status == 409
    assert "Written first" in page.html
    assert "Written second" in page.html


def test_an_edited_post_links_to_what_it_said_before(browser_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.private, body="Before")
        db.session.flush()
        post_id = topic_queries.first_post_id(topic.id)
    browser = browser_for(cast.member)
    page = browser.submit(browser.get(f"/network/discussions/posts/{post_id}/edit"), body="After")
    (address,) = [href for text, href in page.links().items() if text.startswith("Changed")]
    assert "Before" in browser.get(address).text


def test_a_list_of_a_group_one_may_not_see_does_not_exist(browser_for, api_for, cast):
    address = f"/network/discussions?group={cast.private.id}"
    assert browser_for(cast.member).get(address).status == 200
    assert browser_for(cast.stranger).get(address).status == 404
    assert api_for(cast.stranger).get(f"/topics?group={cast.private.id}").status_code == 404


def test_the_list_is_narrowed_to_any_group_whose_topics_it_shows(browser_for, cast, inside):
    with inside():
        make_topic(cast.member, cast.open, "Ink on order")
        make_topic(cast.member, cast.private, "Paper on order")
    browser = browser_for(cast.stranger)
    page = browser.get("/network/discussions")
    offered = [option.text for option in page.document.iter("option")]
    assert "Small states" in offered
    assert "Voter registration" not in offered
    assert "Your groups" not in page.text
    narrowed = browser.submit(page, "Apply", group=str(cast.open.id))
    assert "Ink on order" in narrowed.text
    mine = browser_for(cast.member).get("/network/discussions")
    assert "Your groups" in mine.text
    assert {"Small states", "Voter registration"} <= set(mine.links())


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_four_queries_however_many_topics(browser_for, cast, inside, queries, many):
    with inside():
        for number in range(many):
            make_topic(cast.member, cast.private, f"Topic {number}")
    browser = browser_for(cast.member)
    browser.get("/network/discussions")
    with queries() as seen:
        page = browser.get("/network/discussions")
    assert page.text.count("Topic ") >= many
    assert len([s for s in seen if "tenant_host" not in s and "kernel.tenant " not in s]) <= 4, seen


@pytest.mark.parametrize("many", [1, 3])
def test_a_topic_costs_six_queries_however_many_posts(browser_for, cast, inside, queries, many):
    with inside():
        topic = make_topic(cast.member, cast.private)
        for _ in range(many - 1):
            service.reply(cast.chair, topic.id, body="x", language="en")
    browser = browser_for(cast.member)
    with queries() as seen:
        browser.get(f"/network/discussions/{topic.id}")
    assert len([s for s in seen if "FROM kernel.tenant" not in s]) <= 6, seen


def test_hostile_markdown_comes_out_harmless(browser_for, cast, inside):
    with inside():
        topic = make_topic(
            cast.member, cast.private, body="<script>alert(1)</script> [x](javascript:alert(1))"
        )
    page = browser_for(cast.member).get(f"/network/discussions/{topic.id}")
    main = page.html.split("<main", 1)[1].split("</main>", 1)[0]
    assert "<script" not in main
    assert 'href="javascript' not in main


def test_a_long_topic_is_read_page_by_page(browser_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.private, body="The first")
        for number in range(60):
            service.reply(cast.chair, topic.id, body=f"Reply {number}.", language="en")
    browser = browser_for(cast.member)
    first = browser.get(f"/network/discussions/{topic.id}")
    assert "The first" in first.text
    assert "Reply 59." not in first.text
    assert "Reply 59." in browser.get(f"/network/discussions/{topic.id}?page=last").text
    for nonsense in ("0", "-1", "x", "99999999999999999999"):
        assert browser.get(f"/network/discussions/{topic.id}?page={nonsense}").status == 200


def test_the_api_writes_answers_changes_and_accepts(api_for, cast):
    member, chair = api_for(cast.member), api_for(cast.chair)
    made = member.post(
        "/topics",
        json={
            "group_id": str(cast.private.id),
            "kind": "question",
            "title": "Ink",
            "body": "Does it hold?",
            "language": "en",
        },
    )
    assert made.status_code == 201
    topic = made.json["id"]
    replied = chair.post(f"/topics/{topic}/posts", json={"body": "Yes", "language": "en"})
    post = replied.json["posts"][-1]
    assert (post["via"], post["author"]) == ("api", "Ama Chair")
    changed = chair.open(
        "PATCH",
        f"/topics/posts/{post['id']}",
        json={"body": "It does", "language": "en"},
        headers={"If-Match": '"1"'},
    )
    assert changed.status_code == 204
    stale = chair.open(
        "PATCH",
        f"/topics/posts/{post['id']}",
        json={"body": "No", "language": "en"},
        headers={"If-Match": '"1"'},
    )
    assert stale.status_code == 409
    assert member.post(f"/topics/posts/{post['id']}/accept").status_code == 204
    answered = member.get(f"/topics/{topic}").json
    assert (answered["status"], answered["accepted_post_id"]) == ("answered", post["id"])
    assert answered["posts"][-1]["body"] == "It does"


def test_the_api_hangs_a_file_on_ones_own_post(api_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.private)
        db.session.flush()
        post_id = topic_queries.first_post_id(topic.id)
    address = f"/topics/posts/{post_id}/files"

    def send(who, content=b"%PDF-1.4 plan"):
        return api_for(who).post(address, data={"file": (io.BytesIO(content), "plan.pdf")})

    assert send(cast.stranger).status_code == 404
    assert send(cast.chair).status_code == 403
    assert send(cast.member, b"<script>").status_code == 422
    assert api_for(cast.member).post(address).status_code == 422
    made = send(cast.member)
    assert made.status_code == 201
    shown = api_for(cast.chair).get(f"/topics/{topic.id}").json["posts"][0]["files"]
    assert [file["name"] for file in shown] == ["plan.pdf"]
    file = api_for(cast.chair).get(f"/topics/files/{made.json['id']}")
    assert file.data == b"%PDF-1.4 plan"


def test_a_post_has_as_many_files_as_a_form_takes_however_they_come(api_for, cast, inside):
    plan = (b"%PDF-1.4 plan", "plan.pdf")
    files = [FileStorage(io.BytesIO(plan[0]), filename=plan[1]) for _ in range(9)]
    with inside():
        topic = make_topic(cast.member, cast.private, files=files)
        db.session.flush()
        post_id = topic_queries.first_post_id(topic.id)
    member, address = api_for(cast.member), f"/topics/posts/{post_id}/files"
    answers = [
        member.post(address, data={"file": (io.BytesIO(plan[0]), plan[1])}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 422]
    assert answers[1].json["errors"] == {"file": ["Choose at most 10 files."]}


def test_the_api_refuses_a_part_without_a_name(api_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.private)
        db.session.flush()
        post_id = topic_queries.first_post_id(topic.id)
    part = "--b\r\nContent-Disposition: form-data; %s\r\n\r\n1\r\n"
    answer = api_for(cast.member).post(
        f"/topics/posts/{post_id}/files",
        data=part % 'name="colour"' + part % "colour" + "--b--\r\n",
        content_type="multipart/form-data; boundary=b",
    )
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"", "colour"}


def test_the_api_names_each_field_it_refuses(api_for, cast):
    answer = api_for(cast.member).post("/topics", json={"title": " ", "colour": "red"})
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {
        "group_id",
        "kind",
        "title",
        "body",
        "language",
        "colour",
    }


def offered(page, post_id):
    """What the post offers its reader: the labels of its links and buttons below the text."""
    (post,) = [a for a in page.document.iter("article") if a.get("id") == f"post-{post_id}"]
    rows = [div for div in post.iter("div") if div.get("class") == "cluster"]
    found = [e for row in rows for e in row.iter() if e.tag in {"a", "button"}]
    return {" ".join("".join(e.itertext()).split()) for e in found}


REACTIONS = {"Thank you", "I agree", "Useful", "We do this too"}
ANSWERS = {"Quote", *REACTIONS}


def test_a_post_offers_each_reader_what_she_may_do_and_nothing_else(browser_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.open)
        post_id = service.reply(cast.chair, topic.id, body="It does.", language="en").id
        address = f"/network/discussions/{topic.id}"
    told = {
        actor: offered(browser_for(actor).get(address), post_id)
        for actor in (cast.stranger, cast.member, cast.chair)
    }
    assert told == {
        cast.stranger: {*REACTIONS, "Set a bookmark", "Report"},
        cast.member: {*ANSWERS, "Set a bookmark", "Translate", "Report", "Accept as the answer"},
        cast.chair: {
            *ANSWERS, "Set a bookmark", "Translate", "Change", "Remove", "Accept as the answer"
        },
    }  # fmt: skip


def test_a_post_that_is_held_back_offers_deciding_on_it_alone(browser_for, cast, inside):
    with inside():
        topic = make_topic(cast.member, cast.open)
        post = service.reply(cast.member, topic.id, body="It does.", language="en")
        post_id, address = post.id, f"/network/discussions/{topic.id}"
    for status in ("pending", "hidden"):
        with inside():
            db.session.execute(update(Post).where(Post.id == post_id).values(status=status))
        assert offered(browser_for(cast.member).get(address), post_id) == set()
        assert offered(browser_for(cast.chair).get(address), post_id) == {"Moderate"}
