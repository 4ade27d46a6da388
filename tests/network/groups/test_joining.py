"""Coming into a group: on request, by invitation, or not at all."""

import itertools
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from kernel.db.constraints import refusal
from kernel.errors import Forbidden, NotFound, Refused
from network.groups import queries, rules, service
from network.groups.rules import Joining, Shelf, Way
from network.topics import service as topics
from tests.factories.network import end_affiliations, make_group, make_guest, make_topic


@pytest.fixture
def group(inside, administrator, chair):
    with inside():
        return make_group(administrator, chair, name="Voter registration", joining="on_request")


@pytest.fixture
def asked(inside, stranger, group):
    with inside():
        return service.ask_to_join(stranger, group.id, reason="We register abroad.")


@pytest.mark.parametrize(
    ("state", "joining", "facts", "way"),
    [
        ("active", "open", {}, Way.JOIN),
        ("active", "on_request", {}, Way.ASK),
        ("active", "invitation", {}, Way.CLOSED),
        ("active", "ex_officio", {}, Way.CLOSED),
        ("active", "on_request", {"asked": True}, Way.ASKED),
        ("active", "on_request", {"asked": True, "invited": True}, Way.INVITED),
        ("active", "invitation", {"invited": True}, Way.INVITED),
        ("active", "open", {"belongs": False}, Way.CLOSED),
        ("active", "invitation", {"invited": True, "belongs": False}, Way.CLOSED),
        ("archived", "open", {}, Way.CLOSED),
        ("archived", "open", {"is_in": True}, Way.IN),
    ],
)
def test_how_the_door_of_a_group_stands(state, joining, facts, way):
    given = {"is_in": False, "asked": False, "invited": False, "belongs": True, **facts}
    assert rules.way_in(state, joining, **given) is way


def test_every_group_stands_on_one_shelf_and_an_archived_one_on_its_own():
    shelves = {(state, way): rules.shelf_of(state, way) for state, way in _doors()}
    assert {shelf for (state, _), shelf in shelves.items() if state == "archived"} == {
        Shelf.ARCHIVED
    }
    assert shelves["active", Way.IN] is Shelf.MINE
    assert shelves["active", Way.CLOSED] is Shelf.OTHERS
    assert shelves["active", Way.INVITED] is Shelf.OPEN_TO_ME


def _doors():
    return itertools.product(("active", "archived"), Way)


def test_who_asks_is_announced_to_the_chair_by_mail_and_on_her_home_page(
    chair, stranger, asked, mailed, waiting
):
    assert mailed("group_request") == [chair.person_id]
    (line,) = [each for each in waiting(chair) if each["kind"] == "join_request"]
    assert line["url"].endswith(f"/network/groups/requests/{asked.id}")
    assert waiting(stranger) == []


def test_the_chair_takes_in_who_asked_and_she_is_told(
    inside, chair, stranger, group, asked, mailed
):
    with inside():
        assert not queries.reads(stranger, group.id)
        service.accept_request(chair, asked.id)
        assert queries.standing_in(stranger, group.id).is_member
    assert mailed("group_request_accepted") == [stranger.person_id]


def test_a_request_is_declined_with_a_reason_and_may_be_made_again(
    inside, browser_for, chair, stranger, group, asked, mailed
):
    browser = browser_for(chair)
    page = browser.get(f"/network/groups/requests/{asked.id}")
    assert "We register abroad." in page.text
    page = browser.submit(page, "Decline the request", answer="")
    assert page.errors == ["Give a reason: whoever asked reads it."]
    browser.submit(page, "Decline the request", answer="The group is full.")
    assert mailed("group_request_declined") == [stranger.person_id]
    page = browser_for(stranger).get(f"/network/groups/requests/{asked.id}")
    assert "The group is full." in page.text
    with inside():
        assert queries.door_of(stranger, group.id).way is Way.ASK
        service.ask_to_join(stranger, group.id, reason="Is there a seat now?")


def test_a_request_is_answered_once(inside, administrator, chair, asked):
    with inside():
        service.decline_request(chair, asked.id, answer="The group is full.")
        with pytest.raises(Refused):
            service.accept_request(administrator, asked.id)


def test_nobody_asks_twice_and_a_request_can_be_taken_back(inside, stranger, group, asked, chair):
    with inside():
        with pytest.raises(Refused):
            service.ask_to_join(stranger, group.id, reason="Again.")
        with pytest.raises(NotFound):
            service.withdraw_request(chair, asked.id)
        service.withdraw_request(stranger, asked.id)
        assert queries.door_of(stranger, group.id).way is Way.ASK


def test_a_request_does_not_exist_for_anybody_else(inside, factory, asked, group):
    other = factory.actor()
    with inside():
        with pytest.raises(NotFound):
            service.request_for(other, asked.id)
        with pytest.raises(NotFound):
            service.accept_request(other, asked.id)
        with pytest.raises(Forbidden):
            service.requests_for(other, group.id)


def test_who_asked_cannot_accept_herself(inside, stranger, asked):
    with inside(), pytest.raises(Forbidden):
        service.accept_request(stranger, asked.id)


def test_somebody_who_left_meanwhile_is_not_taken_in(inside, chair, stranger, asked):
    with inside():
        end_affiliations(stranger)
    with inside(), pytest.raises(Refused, match="Decline"):
        service.accept_request(chair, asked.id)


def test_nobody_is_added_who_has_left_her_organisation(inside, chair, stranger, group):
    with inside():
        end_affiliations(stranger)
    with inside(), pytest.raises(Refused):
        service.add_member(chair, group.id, person_id=stranger.person_id)


def test_a_guest_of_one_group_asks_into_no_other(inside, factory, administrator, chair, group):
    with inside():
        person_id = make_guest(chair, make_group(administrator, chair))
    guest = factory.reload(person_id)
    with inside(), pytest.raises(NotFound):
        service.ask_to_join(guest, group.id, reason="Curious.")


def test_archiving_takes_back_what_waited(
    inside, factory, chair, stranger, group, asked, waiting, trail
):
    other = factory.actor()
    with inside():
        service.invite(chair, group.id, person_id=other.person_id)
        service.archive_group(chair, group.id)
    assert waiting(chair) == waiting(other) == []
    for action, person in (("join", stranger), ("invitation", other)):
        [entry] = trail(f"group.{action}_withdrawn")
        assert (entry.actor_id, entry.about_id) == (chair.person_id, person.person_id)
    with inside():
        service.reopen_group(chair, group.id)
        assert queries.door_of(stranger, group.id).way is Way.ASK
        with pytest.raises(Refused):
            service.reopen_group(chair, group.id)


def test_somebody_invited_into_a_secret_group_sees_its_door_and_accepts(
    inside, browser_for, administrator, chair, stranger, mailed, waiting
):
    with inside():
        group = make_group(administrator, chair, visibility="secret")
        service.invite(chair, group.id, person_id=stranger.person_id, message="Join us.")
    assert mailed("group_invitation") == [stranger.person_id]
    assert [each["kind"] for each in waiting(stranger)] == ["group_invitation"]
    browser = browser_for(stranger)
    page = browser.get(f"/network/groups/{group.id}")
    for said in ("You are invited into this group.", "Ama Chair invites you.", "Join us."):
        assert said in page.text
    assert "1 member" not in page.text
    page = browser.submit(page, "Accept the invitation")
    assert "Ama Chair" in page.text
    assert waiting(stranger) == []


def test_a_declined_invitation_into_a_secret_group_closes_its_door(
    inside, browser_for, administrator, chair, stranger
):
    with inside():
        group = make_group(administrator, chair, visibility="secret")
        service.invite(chair, group.id, person_id=stranger.person_id)
    browser = browser_for(stranger)
    browser.submit(browser.get(f"/network/groups/{group.id}"), "Decline")
    assert browser.get(f"/network/groups/{group.id}").status == 404


def test_an_invitation_is_hers_alone_and_can_be_taken_back(
    inside, factory, administrator, chair, stranger, group
):
    other = factory.actor()
    with inside():
        invitation = service.invite(chair, group.id, person_id=stranger.person_id)
        with pytest.raises(Refused, match="invited already"):
            service.invite(chair, group.id, person_id=stranger.person_id)
        with pytest.raises(NotFound):
            service.accept_invitation(other, invitation.id)
        with pytest.raises(Forbidden):
            service.withdraw_invitation(other, invitation.id)
        service.withdraw_invitation(chair, invitation.id)
        with pytest.raises(Refused):
            service.accept_invitation(stranger, invitation.id)


def test_who_asked_and_is_invited_waits_no_more(inside, chair, stranger, group, asked, waiting):
    with inside():
        invitation = service.invite(chair, group.id, person_id=stranger.person_id)
        service.accept_invitation(stranger, invitation.id)
        assert queries.open_request(group.id, stranger.person_id) is None
    assert waiting(chair) == []


def test_anybody_joins_a_private_group_that_is_open_for_joining(
    inside, administrator, chair, stranger
):
    with inside():
        group = make_group(administrator, chair, joining=Joining.OPEN)
        service.join_group(stranger, group.id)
        assert queries.reads(stranger, group.id)


def test_what_an_erased_person_wrote_in_asking_is_forgotten(inside, stranger, asked, chair):
    with inside():
        service.forget(stranger.person_id)
    with inside():
        seen = service.request_for(chair, asked.id)
        assert (seen.request.reason, seen.request.state) == ("", "withdrawn")


def test_the_list_shows_what_one_can_do_by_section(
    inside, browser_for, administrator, chair, stranger, group
):
    with inside():
        make_group(administrator, chair, [stranger], name="Inks")
        closed = make_group(administrator, chair, name="Old papers", visibility="open")
        service.archive_group(chair, closed.id)
    page = browser_for(stranger).get("/network/groups")
    sections = ["Your groups", "Inks", "Open to you", "Voter registration", "Archived groups"]
    places = [page.text.rindex(word) for word in [*sections, "Old papers"]]
    assert places == sorted(places)
    page = browser_for(stranger).get("/network/groups?kind=region")
    assert "No groups of this kind" in page.text


def test_the_api_asks_answers_and_invites(app, tenant, api_token, chair, stranger, group, factory):
    def post(actor, path, **body):
        return app.test_client().post(
            f"/api/v1/groups{path}",
            base_url=f"http://{tenant.host}",
            headers={"Authorization": f"Bearer {api_token(actor)}"},
            json=body,
        )

    made = post(stranger, f"/{group.id}/requests", reason="We register abroad.")
    assert made.status_code == 201
    answered = post(chair, f"/requests/{made.json['id']}/decline", answer="Full.")
    assert (answered.status_code, answered.json["state"]) == (200, "declined")
    invited = post(chair, f"/{group.id}/invitations", person_id=str(stranger.person_id))
    assert invited.status_code == 201
    assert post(stranger, f"/invitations/{invited.json['id']}/accept").status_code == 204


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("add_member", "This person is in the group already. Choose somebody else."),
        ("invite", "This person is invited already. Choose somebody else, or wait for the answer."),
    ],
)
def test_two_who_let_in_the_same_person_at_once_let_her_in_once(
    inside, administrator, chair, stranger, group, at_once, act, told
):
    verb = getattr(service, act)
    with inside():
        verb(chair, group.id, person_id=stranger.person_id)
        other = at_once(lambda: verb(administrator, group.id, person_id=stranger.person_id))
    error = other.end()
    assert isinstance(error, IntegrityError)
    refused = refusal(error)
    assert (refused.message.text, refused.field) == (told, "person_id")


def test_who_asks_in_two_windows_at_once_asks_once(inside, stranger, group, at_once):
    with inside():
        service.ask_to_join(stranger, group.id, reason="We register abroad.")
        other = at_once(lambda: service.ask_to_join(stranger, group.id, reason="The same."))
    refused = refusal(other.end())
    assert refused.message.text == "You asked already; the chair has been told."


def test_the_letters_of_a_group_say_nothing_that_is_written_in_it(
    inside, chair, stranger, group, asked, mails
):
    with inside():
        make_topic(chair, group, "Zircon seals", body="They broke on the way.")
        service.decline_request(chair, asked.id, answer="The group is full.")
        service.invite(chair, group.id, person_id=stranger.person_id, message="There is room now.")
    said = "\n".join(
        f"{mail['Subject']}\n{mail.get_content()}" for mail in mails.all() if "List-Id" not in mail
    )
    assert "We register abroad." in said
    assert "The group is full." in said
    assert "There is room now." in said
    assert "Zircon seals" not in said
    assert "They broke" not in said


def test_a_reopened_group_is_written_in_again_by_the_people_it_had(
    inside, browser_for, chair, stranger, group, asked
):
    with inside():
        service.accept_request(chair, asked.id)
        topic = make_topic(chair, group)
        service.archive_group(chair, group.id)
        with pytest.raises(Forbidden):
            topics.reply(stranger, topic.id, body="It does.", language="en")
    browser = browser_for(chair)
    page = browser.submit(browser.get(f"/network/groups/{group.id}"), "Reopen this group")
    assert "Voter registration" in page.text
    with inside():
        assert topics.reply(stranger, topic.id, body="It does.", language="en").status == "visible"


def test_the_api_tells_an_invitation_to_whom_it_was_made_while_it_waits(
    app, tenant, inside, api_token, chair, stranger, group
):
    def ask(actor):
        headers = {"Authorization": f"Bearer {api_token(actor)}"}
        base = f"http://{tenant.host}"
        path = f"/api/v1/groups/{group.id}/invitation"
        return app.test_client().get(path, base_url=base, headers=headers)

    with inside():
        last_day = date(2099, 12, 31)
        invitation = service.invite(
            chair,
            group.id,
            person_id=stranger.person_id,
            message="Join us.",
            term_ends_on=last_day,
        )
    told = ask(stranger).json
    assert told.pop("invited_at")
    assert told == {
        "id": str(invitation.id),
        "inviter": "Ama Chair",
        "message": "Join us.",
        "term_ends_on": last_day.isoformat(),
    }
    assert ask(chair).status_code == 404
    with inside():
        service.decline_invitation(stranger, invitation.id)
    assert ask(stranger).status_code == 404
