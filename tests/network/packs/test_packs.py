"""Packs: chosen, made by a job of what their reader may see then, fetched or mailed, gone after a week."""

import io
import json
import os
import zipfile
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from kernel.db import db
from kernel.errors import Forbidden, NotFound, Refused
from kernel.files.models import StoredFile
from kernel.values import clock
from network.groups import service as groups
from network.library import service as library
from network.library.queries import items
from network.library.rules.catalogue import ItemVisibility
from network.packs import queries, service
from network.packs.models import Pack, PackChoice
from network.packs.rules import Delivery, PartSize
from network.subscriptions import service as subscriptions
from network.topics import queries as topics
from network.topics import service as discussions
from tests.factories.library import make_published
from tests.factories.network import end_affiliations, make_group, make_topic
from tests.markup import parse

INK = b"Silver nitrate, ten drops (fictional)."


@pytest.fixture
def cast(inside, factory):
    """An author, a librarian, a reader, and a group of the author and the reader."""
    people = {
        "administrator": factory.actor("Nia Admin", roles=["network_administrator"]),
        "author": factory.actor("Ama Author"),
        "librarian": factory.actor("Lea Librarian", roles=["librarian"]),
        "reader": factory.actor("Rea Reader"),
        "stranger": factory.actor("Sam Stranger"),
    }
    with inside():
        group = make_group(
            people["administrator"], people["author"], [people["reader"]], name="Registers"
        )
        item, _ = make_published(people["author"], people["librarian"], title="Ink", content=INK)
        plan = FileStorage(io.BytesIO(b"Plan of the hall (fictional)."), "plan.txt")
        topic = make_topic(
            people["author"], group, "Counting halls", body="See [ink](/network/x).", files=[plan]
        )
    return type("Cast", (), people | {"group": group, "item": item, "topic": topic})


def ask(inside, cast, **options):
    with inside():
        service.choose(cast.reader, items=[cast.item.id], topics=[cast.topic.id])
        return service.ask(cast.reader, **{"delivery": Delivery.LINK, **options}).id


def opened(browser, pack_id):
    answer = browser.get(f"/network/packs/{pack_id}/file")
    assert answer.status == 200
    return zipfile.ZipFile(io.BytesIO(answer.response.data))


def check_alone(archive):
    """Every page is valid, has no script, and everything it leads to without an address lies beside it."""
    names = set(archive.namelist())
    for name in names:
        if not name.endswith(".html"):
            continue
        page = parse(archive.read(name).decode(), of=name)
        assert list(page.iter("script")) == []
        for element in page.iter():
            target = element.get("href") or element.get("src")
            if target and not target.startswith("http"):
                folder = Path(name).parent
                whole = (Path("/") / folder / target).resolve().relative_to("/")
                assert unquote(str(whole)) in names, (name, target)


def test_a_pack_holds_pages_and_files_that_are_read_without_a_connection(
    inside, cast, browser_for, run_jobs
):
    pack_id = ask(inside, cast)
    browser = browser_for(cast.reader)
    assert "is being made" in browser.get(f"/network/packs/{pack_id}").text
    assert "kernel.send_mail" in run_jobs()
    page = browser.get(f"/network/packs/{pack_id}")
    assert "Fetch the pack" in page.links()
    archive = opened(browser, pack_id)
    assert set(archive.namelist()) == {
        "index.html",
        "style.css",
        "items/01.html",
        "topics/02.html",
        "files/01-01 checklist.txt",
        "files/02-01 plan.txt",
    }
    check_alone(archive)
    assert archive.read("files/01-01 checklist.txt") == INK
    topic = archive.read("topics/02.html").decode()
    assert "Ama Author" in topic
    assert "https://" in topic.split("See ")[1].split("ink</a>")[0]


def test_the_pages_are_in_the_language_and_direction_of_their_reader(
    inside, cast, browser_for, run_jobs
):
    pack_id = ask(inside, cast, language="ar")
    run_jobs()
    index = opened(browser_for(cast.reader), pack_id).read("index.html").decode()
    assert '<html lang="ar" dir="rtl">' in index


def test_only_what_she_may_see_when_it_is_made_is_in_it(inside, cast, browser_for, run_jobs):
    pack_id = ask(inside, cast)
    with inside():
        groups.remove_member(cast.author, cast.group.id, person_id=cast.reader.person_id)
    run_jobs()
    browser = browser_for(cast.reader)
    archive = opened(browser, pack_id)
    assert [name for name in archive.namelist() if name.endswith(".html")] == [
        "index.html",
        "items/01.html",
    ]
    assert "1 thing you chose is not in it" in browser.get(f"/network/packs/{pack_id}").text


def test_a_pack_of_nothing_she_may_see_fails_and_says_so(inside, cast, browser_for, run_jobs):
    with inside():
        service.choose(cast.reader, topics=[cast.topic.id])
        pack_id = service.ask(cast.reader, delivery=Delivery.LINK).id
    with inside():
        groups.remove_member(cast.author, cast.group.id, person_id=cast.reader.person_id)
    run_jobs()
    page = browser_for(cast.reader).get(f"/network/packs/{pack_id}")
    assert "could not be made" in page.text


def test_nobody_chooses_what_she_does_not_see(inside, cast):
    with inside():
        with pytest.raises(NotFound):
            service.choose(cast.stranger, topics=[cast.topic.id])
        assert service.choose(cast.stranger, items=[cast.item.id, cast.item.id]) == 1


def test_a_pack_is_its_readers_own(inside, cast, browser_for, run_jobs):
    pack_id = ask(inside, cast)
    run_jobs()
    for path in (f"/network/packs/{pack_id}", f"/network/packs/{pack_id}/file"):
        assert browser_for(cast.author).get(path).status == 404


def test_who_left_the_network_fetches_no_pack(inside, cast, browser_for, run_jobs):
    pack_id = ask(inside, cast)
    run_jobs()
    with inside():
        end_affiliations(cast.reader)
    assert browser_for(cast.reader).get(f"/network/packs/{pack_id}/file").status == 404


def left_the_group(cast):
    groups.remove_member(cast.author, cast.group.id, person_id=cast.reader.person_id)


def file_withdrawn(cast):
    (version,) = items.published_versions(cast.item.id)
    library.withdraw(cast.librarian, version.id, version=version.version, reason="It is wrong.")


def file_removed(cast):
    discussions.remove_post(cast.author, topics.first_post_id(cast.topic.id))


@pytest.mark.parametrize("lost", [left_the_group, file_withdrawn, file_removed])
def test_a_finished_pack_is_not_fetched_once_its_reader_may_not_see_all_of_it(
    inside, cast, browser_for, run_jobs, lost
):
    pack_id = ask(inside, cast)
    run_jobs()
    browser = browser_for(cast.reader)
    assert opened(browser, pack_id)
    with inside():
        lost(cast)
    refused = browser.get(f"/network/packs/{pack_id}/file")
    assert refused.status == 422
    assert "have a new one made of what you see now" in refused.text
    page = browser.get(f"/network/packs/{pack_id}")
    assert "Fetch the pack" not in page.links()
    chosen = browser.submit(page, "Choose the same again")
    assert "Ink" in chosen.links()
    assert ("Counting halls" in chosen.links()) == (lost is not left_the_group)


def test_who_is_back_in_the_group_fetches_her_pack_again(inside, cast, browser_for, run_jobs):
    pack_id = ask(inside, cast)
    run_jobs()
    with inside():
        left_the_group(cast)
        groups.add_member(cast.author, cast.group.id, person_id=cast.reader.person_id)
        discussions.reply(cast.author, cast.topic.id, body="New since then.", language="en")
    assert opened(browser_for(cast.reader), pack_id)


def test_files_with_long_arabic_names_are_packed_under_names_every_file_system_takes(
    inside, cast, browser_for, run_jobs
):
    name = "قائمة مراكز الاقتراع " * 7
    with inside():
        files = [FileStorage(io.BytesIO(b"Halls (fictional)."), f"{name}{n}.txt") for n in (1, 2)]
        topic = make_topic(cast.author, cast.group, "Halls", files=files)
        service.choose(cast.reader, topics=[topic.id])
        pack_id = service.ask(cast.reader, delivery=Delivery.LINK).id
    run_jobs()
    archive = opened(browser_for(cast.reader), pack_id)
    check_alone(archive)
    packed = [one for one in archive.namelist() if one.startswith("files/")]
    assert len(set(packed)) == 2
    for one in packed:
        assert len(one.removeprefix("files/").encode()) <= 255
        assert one.endswith(".txt")


def test_a_link_ends_after_a_week_and_its_file_is_deleted(inside, cast, browser_for, run_jobs):
    pack_id = ask(inside, cast)
    run_jobs()
    with inside(), clock.frozen(clock.now() + timedelta(days=8)):
        service.expire_packs()
    with inside():
        pack = db.session.scalars(select(Pack).where(Pack.id == pack_id)).one()
        assert (pack.state, pack.file_id) == ("expired", None)
        assert (
            db.session.scalars(select(StoredFile).where(StoredFile.name.startswith("pack-"))).all()
            == []
        )
    assert browser_for(cast.reader).get(f"/network/packs/{pack_id}/file").status == 404


def test_a_pack_by_mail_comes_in_parts_of_the_chosen_size(inside, cast, app, tenant, run_jobs):
    noise = [bytes([number]) + os.urandom(500_000) for number in range(3)]
    with inside():
        files = [
            FileStorage(io.BytesIO(pdf(content)), f"plan {number}.pdf")
            for number, content in enumerate(noise)
        ]
        topic = make_topic(cast.author, cast.group, "Plans of halls", files=files)
        service.choose(cast.reader, items=[cast.item.id], topics=[topic.id])
        pack_id = service.ask(cast.reader, delivery=Delivery.MAIL, part_size=PartSize.ONE).id
    run_jobs()
    messages = sent(app, tenant)
    with inside():
        assert queries.pack_of(cast.reader, pack_id).parts == len(messages) == 3
    plans = []
    for size, message in messages:
        assert size <= 1_000_000
        (attached,) = message.iter_attachments()
        archive = zipfile.ZipFile(io.BytesIO(attached.get_content()))
        check_alone(archive)
        plans += [name for name in archive.namelist() if name.endswith(".pdf")]
    assert sorted(plans) == [f"files/02-0{n} plan {n - 1}.pdf" for n in (1, 2, 3)]


def test_a_file_that_fits_into_no_mail_is_named_with_its_address(
    inside, cast, app, tenant, run_jobs
):
    with inside():
        large = FileStorage(io.BytesIO(pdf(os.urandom(1_200_000))), "large.pdf")
        topic = make_topic(cast.author, cast.group, "One large plan", files=[large])
        service.choose(cast.reader, topics=[topic.id])
        service.ask(cast.reader, delivery=Delivery.MAIL, part_size=PartSize.ONE)
    run_jobs()
    ((_, message),) = sent(app, tenant)
    (attached,) = message.iter_attachments()
    archive = zipfile.ZipFile(io.BytesIO(attached.get_content()))
    assert [name for name in archive.namelist() if name.startswith("files/")] == []
    page = archive.read("topics/01.html").decode()
    assert "too large for this pack" in page
    assert "/network/discussions/files/" in page


@pytest.fixture
def confidential(inside, cast):
    """An item of the group, whose mails carry no content from now on."""
    with inside():
        kept = {"visibility": ItemVisibility.GROUP, "group_id": cast.group.id}
        groups.add_member(cast.author, cast.group.id, person_id=cast.librarian.person_id)
        item, _ = make_published(cast.author, cast.librarian, title="Hall keys", **kept)
        subscriptions.set_content_free(cast.author, cast.group.id, version=0, content_free=True)
    return item


def test_nothing_of_a_confidential_group_leaves_in_a_pack_by_mail(
    inside, cast, app, tenant, run_jobs, confidential
):
    with inside():
        service.choose(cast.reader, items=[cast.item.id, confidential.id], topics=[cast.topic.id])
        service.ask(cast.reader, delivery=Delivery.MAIL, part_size=PartSize.ONE)
    run_jobs()
    ((_, message),) = sent(app, tenant)
    (attached,) = message.iter_attachments()
    archive = zipfile.ZipFile(io.BytesIO(attached.get_content()))
    check_alone(archive)
    assert "2 things you chose are of confidential groups" in " ".join(
        message.get_body(("plain",)).get_content().split()
    )
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for said in ("Counting halls", "Hall keys", "Registers", "Ama Author", "plan.txt"):
        assert said not in everything
    assert INK.decode() in everything
    withheld = archive.read("topics/03.html").decode()
    assert "Mails of this group carry no content" in withheld
    assert f"/network/discussions/{cast.topic.id}" in withheld
    assert f"/network/library/{confidential.id}" in archive.read("items/02.html").decode()


def test_a_pack_to_fetch_holds_what_a_confidential_group_sends_nobody(
    inside, cast, browser_for, run_jobs, confidential
):
    pack_id = ask(inside, cast)
    run_jobs()
    archive = opened(browser_for(cast.reader), pack_id)
    assert "Ama Author" in archive.read("topics/02.html").decode()
    assert "files/02-01 plan.txt" in archive.namelist()


def test_what_will_not_come_by_mail_is_said_before_a_pack_is_asked_for(
    inside, cast, browser_for, app, tenant, api_token, confidential
):
    with inside():
        service.choose(cast.reader, items=[cast.item.id], topics=[cast.topic.id])
    page = browser_for(cast.reader).get("/network/packs")
    assert "Counting halls Not by mail" in page.text
    assert "Ink Not by mail" not in page.text
    assert "the file to fetch by a link holds all of it" in page.text
    chosen = app.test_client().get(
        "/api/v1/packs/chosen",
        base_url=f"http://{tenant.host}",
        headers={"Authorization": f"Bearer {api_token(cast.reader)}"},
    )
    assert chosen.get_json()["not_mailed_ids"] == [str(cast.topic.id)]


def pdf(content):
    """A document by its first bytes, with what follows for weight."""
    return b"%PDF-1.7\n" + content + b"\n%%EOF\n"


def sent(app, tenant):
    """The mails with a part of a pack that left this network, with their sizes in bytes."""
    folder = Path(app.config["MAIL"].removeprefix("folder:"))
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
    mails = [
        (len(raw), message_from_bytes(raw, policy=default))
        for raw in (file.read_bytes() for file in files)
    ]
    here = f"@{tenant.host}>"
    return [
        (size, mail)
        for size, mail in mails
        if str(mail["Message-ID"]).endswith(here) and list(mail.iter_attachments())
    ]


def test_a_second_pack_waits_for_the_first_and_mail_needs_a_size(inside, cast):
    with inside():
        service.choose(cast.reader, items=[cast.item.id])
        with pytest.raises(Refused, match="how large"):
            service.ask(cast.reader, delivery=Delivery.MAIL)
        service.ask(cast.reader, delivery=Delivery.LINK)
        service.choose(cast.reader, items=[cast.item.id])
        with pytest.raises(Refused, match="is being made"):
            service.ask(cast.reader, delivery=Delivery.LINK)


def test_items_are_ticked_in_the_list_and_taken_out_again(cast, browser_for):
    browser = browser_for(cast.reader)
    page = browser.submit(
        browser.get("/network/library"),
        "Add what is ticked to your pack",
        item=str(cast.item.id),
    )
    assert "Your pack holds 1 item or topic now." in page.text
    assert "Ink" in page.links()
    page = browser.submit(page, "Take out Ink")
    assert "Nothing chosen yet" in page.text


def test_topics_are_ticked_and_those_one_cannot_read_are_not_offered(cast, browser_for):
    browser = browser_for(cast.reader)
    page = browser.get("/network/packs/topics?words=counting")
    page = browser.submit(page, "Add to pack", topic=str(cast.topic.id))
    assert "Counting halls" in page.links()
    assert "Counting halls" not in browser_for(cast.stranger).get("/network/packs/topics").text


def test_the_api_chooses_asks_and_fetches(app, tenant, cast, api_token, run_jobs):
    client = app.test_client()
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(cast.reader)}"},
    }
    chosen = client.post(
        "/api/v1/packs/chosen", json={"item_ids": [str(cast.item.id)], "topic_ids": []}, **options
    )
    assert json.loads(chosen.data) == {
        "item_ids": [str(cast.item.id)],
        "topic_ids": [],
        "not_mailed_ids": [],
    }
    asked = client.post("/api/v1/packs", json={"delivery": "link", "part_size": None}, **options)
    assert asked.status_code == 202
    run_jobs()
    pack_id = asked.get_json()["id"]
    found = client.get(f"/api/v1/packs/{pack_id}", **options).get_json()
    assert (found["state"], found["missing"]) == ("ready", 0)
    content = client.get(f"/api/v1/packs/{pack_id}/file", **options)
    assert zipfile.is_zipfile(io.BytesIO(content.data))


def test_without_the_permission_nothing_is_chosen(inside, cast, factory):
    with inside():
        end_affiliations(cast.stranger)
    gone = factory.reload(cast.stranger.person_id)
    with inside(), pytest.raises(Forbidden):
        service.choose(gone, items=[cast.item.id])


def test_who_is_erased_leaves_no_pack_and_no_choice(inside, cast, run_jobs):
    ask(inside, cast)
    run_jobs()
    with inside():
        service.choose(cast.reader, items=[cast.item.id])
        service.forget_person(cast.reader.person_id)
    with inside():
        assert db.session.scalars(select(Pack)).all() == []
        assert db.session.scalars(select(PackChoice)).all() == []


def test_a_topic_is_added_to_the_pack_from_its_page(browser_for, cast):
    browser = browser_for(cast.reader)
    added = browser.submit(browser.get(f"/network/discussions/{cast.topic.id}"), "Add to pack")
    assert "Your pack holds 1 item or topic now." in added.text
    assert added.links()["Counting halls"].endswith(str(cast.topic.id))
