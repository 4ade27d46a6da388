"""Whatever is done with groups, who is in them and their seats is on the trail: who, to what, from and to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kernel.db import db
from kernel.values import clock
from network.groups import queries, service
from network.groups.rules import GroupKind, GroupVisibility, Joining, Office
from network.people.models import FunctionHolder
from tests.trails import NOBODY, UNNAMED, Deed, Told

TERM, LATER = date(2090, 3, 1), date(2090, 9, 1)
AFTER_IT_ALL = datetime(2091, 1, 1, tzinfo=UTC)
SOON = clock.today("UTC") + timedelta(days=30)
LATE = clock.today("UTC") + timedelta(days=60)
MADE = {
    "name": "Inks",
    "purpose": "",
    "kind": "steering_committee",
    "joining": "on_request",
    "visibility": "private",
    "office": None,
    "office_region": None,
    "chair_id": "chair",
    "chair_term_ends_on": None,
}
VACANT = {"organisation_id": "organisation", "holder_id": None, "alternate_id": None}


def create(administrator, ids, **other):
    given = {
        "name": "Inks",
        "purpose": None,
        "kind": GroupKind.STEERING_COMMITTEE,
        "joining": Joining.ON_REQUEST,
        "visibility": GroupVisibility.PRIVATE,
        "chair_id": ids["chair"],
    }
    return service.create_group(administrator, **given | other)


def appoint(term):
    return lambda chair, ids: service.appoint_chair(
        chair, ids["group"], **read(ids, "member"), term_ends_on=term
    )


def read(ids, who):
    """Somebody's membership as whoever changes it has it before her eyes."""
    version = queries.membership_of(ids["group"], ids[who]).version
    return {"person_id": ids[who], "version": version}


def ask(person, ids):
    return service.ask_to_join(person, ids["group"], reason="To compare inks.")


def invite(chair, ids):
    return service.invite(chair, ids["group"], person_id=ids["stranger"], message="Join us.")


def invite_guest(chair, ids):
    return service.invite_guest(
        chair, ids["group"], name="Gita Guest", address="gita@example.org", last_day=SOON
    )


def come_as_guest(_guest, ids):
    asked = queries.guest_invitation_by_id(ids["guest_invitation accepted"])
    service.guest_came(asked.invitation_id, ids["guest"])
    return queries.membership_of(ids["group"], ids["guest"])


def extend_guest(chair, ids):
    service.extend_guest(chair, ids["group"], **read(ids, "guest"), last_day=LATE)


def leave_the_organisation(name, group):
    """Somebody is with her organisation no more, for which she was in a group."""

    def leave(_nobody, ids):
        membership = queries.membership_of(ids[group], ids[name])
        service.end_memberships(ids[name], membership.organisation_id, clock.now())
        return membership

    return leave


def later(end):
    """What ends by itself, once its day has passed."""

    def act(_nobody, _ids):
        with clock.frozen(AFTER_IT_ALL):
            end()

    return act


def hold_the_office(_nobody, ids):
    db.session.add(
        FunctionHolder(
            organisation_id=ids["organisation"],
            person_id=ids["delegate"],
            function="head",
            deputy=False,
            since=date(2020, 1, 1),
        )
    )
    db.session.flush()
    service.follow_office("head")
    return queries.membership_of(ids["group by office"], ids["delegate"])


def leave_the_office(_nobody, ids):
    for holder in db.session.query(FunctionHolder).filter_by(person_id=ids["delegate"]):
        holder.ended_at = clock.now()
    db.session.flush()
    service.follow_office("head")


def do(act, of="group", **people):
    """A deed on one object of the story, with the people it names."""
    return lambda who, ids: act(who, ids[of], **{key: ids[name] for key, name in people.items()})


def rename(who, ids):
    service.update_group(who, ids["group"], version=1, name="Inks, seals")


def set_term(who, ids):
    service.set_term(who, ids["group"], **read(ids, "member"), term_ends_on=TERM)


def decline_request(who, ids):
    service.decline_request(who, ids["join_request declined"], answer="No.")


def fill_seat(who, ids):
    service.fill_seat(who, ids["group_seat"], version=1, holder_id=ids["delegate"])


def create_open(who, ids):
    return create(who, ids, name="Seals", joining=Joining.OPEN)


def create_by_office(who, ids):
    return create(who, ids, name="Heads", joining=Joining.EX_OFFICIO, office=Office.HEAD)


def create_to_hand_on(who, ids):
    return create(who, ids, name="Handed on", chair_id=ids["founder"])


MEMBERSHIP, FIRST_TERM = "group_membership of member", {"term_ends_on": "2090-03-01"}
SECOND_TERM, NO_TERM = {"term_ends_on": "2090-09-01"}, {"term_ends_on": None}
GROUPS = [
    Deed("administrator", create, "group.created", "group", None, MADE),
    Deed("administrator", rename, "group.changed", "group",
         {"name": "Inks"}, {"name": "Inks, seals"}),
    Deed("administrator", do(service.archive_group), "group.archived", "group"),
    Deed("administrator", do(service.reopen_group), "group.reopened", "group"),
]  # fmt: skip
MEMBERS = [
    Deed("chair", do(service.add_member, person_id="member"), "group.member_added", "group", None,
         {"person_id": "member"}),
    Deed("chair", appoint(TERM), "group.chair_appointed", MEMBERSHIP, None, FIRST_TERM,
         about="member"),
    Deed("chair", appoint(LATER), "group.chair_term_changed", MEMBERSHIP, FIRST_TERM, SECOND_TERM,
         about="member"),
    Deed("chair", do(service.end_chair, person_id="member"), "group.chair_ended", MEMBERSHIP,
         SECOND_TERM, about="member"),
    Deed("chair", set_term, "group.term_changed", MEMBERSHIP, NO_TERM, FIRST_TERM, about="member"),
    Deed(NOBODY, later(service.end_terms), "group.term_ended", MEMBERSHIP, about="member"),
]  # fmt: skip
REQUESTS = [
    Deed("stranger", ask, "group.join_asked", "join_request"),
    Deed("stranger", do(service.withdraw_request, "join_request"), "group.join_withdrawn",
         "join_request"),
    Deed("stranger", ask, "group.join_asked", "join_request declined"),
    Deed("chair", decline_request, "group.join_declined", "join_request declined"),
    Deed("stranger", ask, "group.join_asked", "join_request accepted"),
    Deed("chair", do(service.accept_request, "join_request accepted"), "group.join_accepted",
         "join_request accepted"),
    Deed("chair", do(service.remove_member, person_id="stranger"), "group.member_removed", "group",
         {"person_id": "stranger"}),
]  # fmt: skip
INVITATIONS = [
    Deed("chair", invite, "group.invited", "group_invitation", about="stranger"),
    Deed("chair", do(service.withdraw_invitation, "group_invitation"),
         "group.invitation_withdrawn", "group_invitation", about="stranger"),
    Deed("chair", invite, "group.invited", "group_invitation declined", about="stranger"),
    Deed("stranger", do(service.decline_invitation, "group_invitation declined"),
         "group.invitation_declined", "group_invitation declined"),
    Deed("chair", invite, "group.invited", "group_invitation accepted", about="stranger"),
    Deed("stranger", do(service.accept_invitation, "group_invitation accepted"),
         "group.invitation_accepted", "group_invitation accepted"),
    Deed("administrator", create_open, "group.created", "group anybody joins", None,
         MADE | {"name": "Seals", "joining": "open"}),
    Deed("stranger", do(service.join_group, "group anybody joins"), "group.joined",
         "group anybody joins", None, {"person_id": "stranger"}),
]  # fmt: skip
SENT = ("invitation.sent", f"invitation {UNNAMED}", None, {"role": "guest", "organisation": None})
GUEST, SOON_OVER = "group_membership of guest", {"last_day": SOON.isoformat()}
GUESTS = [
    Deed("chair", invite_guest, *SENT, makes="guest_invitation",
         then=[Told("group.guest_invited", "guest_invitation", None, SOON_OVER, by="chair")]),
    Deed("chair", do(service.withdraw_guest, "guest_invitation"), "group.invitation_withdrawn",
         "guest_invitation"),
    Deed("chair", invite_guest, *SENT, makes="guest_invitation accepted",
         then=[Told("group.guest_invited", "guest_invitation accepted", None, SOON_OVER,
                    by="chair")]),
    Deed("guest", come_as_guest, "group.invitation_accepted", GUEST, None, SOON_OVER,
         about="guest"),
    Deed("chair", extend_guest, "group.guest_extended", GUEST,
         {"last_day": SOON.isoformat()}, {"last_day": LATE.isoformat()}, about="guest"),
    Deed(NOBODY, later(service.end_expired), "group.guest_ended", GUEST, about="guest"),
]  # fmt: skip
SEATS = [
    Deed("chair", do(service.add_seat, organisation_id="organisation"), "group_seat.added",
         "group_seat", None, VACANT),
    Deed("chair", fill_seat, "group_seat.filled", "group_seat",
         {"holder_id": None}, {"holder_id": "delegate"}),
    Deed(NOBODY, leave_the_organisation("delegate", "group"), "group.membership_ended",
         "group_membership of delegate", about="delegate",
         then=[Told("group_seat.vacated", "group_seat", about="delegate")]),
    Deed("chair", do(service.remove_seat, "group_seat"), "group_seat.removed", "group_seat",
         VACANT),
]  # fmt: skip
OFFICES = [
    Deed("administrator", create_by_office, "group.created", "group by office", None,
         MADE | {"name": "Heads", "joining": "ex_officio", "office": "head"}),
    Deed(NOBODY, hold_the_office, "group.office_followed", "group_membership by office",
         about="delegate"),
    Deed(NOBODY, leave_the_office, "group.office_left", "group_membership by office",
         about="delegate"),
]  # fmt: skip
SUCCESSION = [
    Deed("administrator", create_to_hand_on, "group.created", "group handed on", None,
         MADE | {"name": "Handed on", "chair_id": "founder"}),
    Deed("founder", do(service.add_member, "group handed on", person_id="stranger"),
         "group.member_added", "group handed on", None, {"person_id": "stranger"},
         makes="group_membership of successor"),
    Deed(NOBODY, leave_the_organisation("founder", "group handed on"), "group.membership_ended",
         "group_membership of founder", about="founder",
         then=[Told("group.chair_followed", "group_membership of successor",
                    {"chair_id": "founder"}, {"chair_id": "stranger"}, about="stranger")]),
]  # fmt: skip
DEEDS = [
    *GROUPS, *MEMBERS, *REQUESTS, *INVITATIONS, *GUESTS, *SEATS, *OFFICES, *SUCCESSION
]  # fmt: skip


@pytest.fixture
def cast(factory, administrator, chair, stranger):
    """Who appears: each with a body of her own."""
    organisation = factory.organisation("Electoral Commission of Testland")
    return {
        "administrator": administrator,
        "chair": chair,
        "stranger": stranger,
        "organisation": organisation,
        "member": factory.actor("Mo Member"),
        "founder": factory.actor("Fay Founder"),
        "guest": factory.actor("Gita Guest"),
        "delegate": factory.actor("Dele Delegate", organisation=organisation),
    }


def test_whatever_is_done_with_groups_is_on_the_trail(untold, cast):
    assert untold(DEEDS, **cast) == []
