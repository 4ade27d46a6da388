"""The pages and the API of groups."""

import pytest

from network.groups import service
from tests.factories.network import make_group, make_guest


def test_an_administrator_makes_a_group_and_adds_somebody(browser_for, factory, administrator):
    colleague = factory.actor("Lepule Taape")
    browser = browser_for(administrator)
    page = browser.submit(browser.get("/network/groups/new"), name="Voter registration")
    assert page.status == 200
    assert "Voter registration" in page.title
    group = page.path
    page = browser.submit(browser.get(f"{group}/invite"), "Find", person_id_words="Lepule")
    page = browser.submit(page, "Invite or add", person_id=str(colleague.person_id), how="add")
    assert "The person was added." in page.text
    assert "Lepule Taape" in page.text


def test_what_was_typed_is_kept_when_a_group_is_refused(browser_for, administrator):
    browser = browser_for(administrator)
    page = browser.submit(browser.get("/network/groups/new"), name="", purpose="To compare inks")
    assert page.status == 422
    assert page.errors == ["Enter a name for the group."]
    assert "To compare inks" in page.html


def test_a_second_group_of_the_same_name_is_refused(browser_for, administrator):
    browser = browser_for(administrator)
    browser.submit(browser.get("/network/groups/new"), name="Inks")
    page = browser.submit(browser.get("/network/groups/new"), name="Inks")
    assert page.status == 422
    assert page.errors == ["There is already a group of this name. Enter another name."]


def test_nobody_learns_of_a_secret_group_by_taking_its_name(
    browser_for, inside, administrator, chair
):
    with inside():
        secret = make_group(administrator, administrator, name="Inks", visibility="secret")
        group = make_group(administrator, chair)
    browser = browser_for(chair)
    page = browser.submit(browser.get(f"/network/groups/{group.id}/edit"), "Save", name="Inks")
    assert page.path == f"/network/groups/{group.id}"
    keeper = browser_for(administrator)
    form = keeper.get(f"/network/groups/{secret.id}/edit")
    assert keeper.submit(form, "Save", visibility="private").errors == [
        "There is already a group of this name. Enter another name."
    ]


def test_a_secret_group_does_not_exist_for_a_stranger(
    browser_for, inside, factory, administrator, chair
):
    with inside():
        group = make_group(administrator, chair, visibility="secret")
    stranger = browser_for(factory.actor())
    for path in ("", "/edit"):
        assert stranger.get(f"/network/groups/{group.id}{path}").status == 404
    assert group.name not in stranger.get("/network/groups").text
    assert browser_for(chair).get(f"/network/groups/{group.id}").status == 200


def test_two_chairs_saving_the_same_group_the_second_sees_both(
    browser_for, inside, administrator, chair
):
    with inside():
        group = make_group(administrator, chair)
    first, second = browser_for(administrator), browser_for(chair)
    opened = second.get(f"/network/groups/{group.id}/edit")
    first.submit(first.get(f"/network/groups/{group.id}/edit"), purpose="Written first")
    page = second.submit(opened, purpose="Written second")
    assert page.status == 409
    assert "Written first" in page.text
    assert "Written second" in page.html


def test_anybody_joins_an_open_group_and_leaves_it(
    browser_for, inside, factory, administrator, chair
):
    with inside():
        group = make_group(administrator, chair, visibility="open", joining="open")
    browser = browser_for(factory.actor("Sam Newcomer"))
    page = browser.submit(browser.get(f"/network/groups/{group.id}"), "Join this group")
    assert "Sam Newcomer" in page.text
    page = browser.submit(page, "Leave this group")
    assert page.path == "/network/groups"


def test_the_chair_removes_somebody_and_archives(
    browser_for, inside, factory, administrator, chair
):
    with inside():
        group = make_group(administrator, chair, [factory.actor("Sam Member")])
    browser = browser_for(chair)
    page = browser.submit(browser.get(f"/network/groups/{group.id}"), "Remove Sam Member")
    assert "Remove Sam Member" not in page.text
    page = browser.submit(page, "Archive this group")
    assert "Archived" in page.text


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_groups_costs_the_same_for_one_and_three(
    browser_for, inside, queries, administrator, chair, many
):
    with inside():
        for _ in range(many):
            make_group(administrator, chair)
    browser = browser_for(chair)
    with queries() as seen:
        browser.get("/network/groups")
    assert len(seen) <= 5, seen


@pytest.mark.parametrize(("scope", "status"), [("see", 403), ("take-part", 200)])
def test_a_token_that_may_only_see_groups_changes_none(
    app, tenant, api_token, inside, administrator, chair, scope, status
):
    with inside():
        group = make_group(administrator, chair)
    token = api_token(chair, ["network:groups:see", f"network:groups:{scope}"])
    answer = app.test_client().patch(
        f"/api/v1/groups/{group.id}",
        base_url=f"http://{tenant.host}",
        headers={"Authorization": f"Bearer {token}", "If-Match": f'"{group.version}"'},
        json={"purpose": "To compare inks"},
    )
    assert answer.status_code == status


def test_the_mail_address_of_a_group_stands_on_its_page_for_who_may_write_there(
    browser_for, inside, factory, tenant, administrator, chair, stranger
):
    with inside():
        group = make_group(administrator, chair, name="Inks", visibility="open", joining="open")
        guest_id = make_guest(chair, group)
    guest = factory.reload(guest_id)
    address = f'<code dir="ltr">inks@reply.{tenant.host}</code>'
    path = f"/network/groups/{group.id}"
    for actor, shown in ((chair, True), (guest, True), (stranger, False)):
        assert (address in browser_for(actor).get(path).html) is shown
    with inside():
        service.archive_group(chair, group.id)
    assert address not in browser_for(chair).get(path).html


def test_no_address_is_promised_where_no_mail_comes_in(
    app, browser_for, inside, administrator, chair, monkeypatch
):
    monkeypatch.setitem(app.config, "MAIL_IN_DOMAIN", "")
    with inside():
        group = make_group(administrator, chair)
    page = browser_for(chair).get(f"/network/groups/{group.id}")
    assert "What comes to you now:" in page.text
    assert "opens a topic" not in page.text


def test_the_box_of_a_group_tells_how_much_of_it_comes_by_mail(
    browser_for, inside, administrator, chair
):
    with inside():
        group = make_group(administrator, chair)
    browser = browser_for(chair)
    page = browser.get(f"/network/groups/{group.id}")
    assert "What comes to you now: Every post, at once" in page.text
    assert "As usual: Every post, at once" in page.text
    page = browser.submit(page, "Save", level="weekly")
    page = browser.get(f"/network/groups/{group.id}")
    assert "What comes to you now: One mail a week, if there is something new" in page.text
