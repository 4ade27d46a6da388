"""Consent withdrawn after the nomination: planners are shown it, and nobody goes further without it."""

import pytest
from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import Refused
from kernel.events import emit
from kernel.events.people import ConsentChanged
from kernel.mail.models import OutgoingMail
from kernel.questions.credentials import Purpose
from missions.roster import service
from missions.roster.rules import NominationState


def test_a_nominee_who_withdraws_her_consent_is_marked_and_goes_no_further(
    inside, planner, nominate, trained, step, stands, waiting, mission_id
):
    person_id = trained()
    nomination_id = nominate(person_id)
    step(nomination_id, "shortlisted")
    with inside():
        service.follow_consent(person_id, given=False)
        service.follow_consent(person_id, given=False)
    [told] = [one for one in waiting(planner) if one["kind"] == "consent_withdrawn"]
    assert told["url"].endswith(f"/missions/{mission_id}/team")
    with pytest.raises(Refused, match="no longer agrees"):
        step(nomination_id, "selected")
    with inside():
        [one] = service.team_of(planner, mission_id).nominated
        assert one.lacks_consent
        assert set(one.steps) == {NominationState.REJECTED, NominationState.WITHDRAWN}
        service.follow_consent(person_id, given=True)
    step(nomination_id, "selected")
    assert stands(nomination_id)[0] == "selected"
    assert [one for one in waiting(planner) if one["kind"] == "consent_withdrawn"] == []
    with inside():
        told = select(AuditEntry.action).where(AuditEntry.action.startswith("nomination.consent"))
        assert list(db.session.scalars(told.order_by(AuditEntry.id))) == [
            "nomination.consent_withdrawn",
            "nomination.consent_given",
        ]


def test_whoever_is_nominated_cannot_withdraw_unseen_in_the_same_moment(nominate, records):
    nominate()
    assert [wanted.held for wanted in records.asked] == [True]


def test_a_nomination_put_back_still_lacks_the_consent_withdrawn_meanwhile(
    inside, planner, nominate, trained, mission_id
):
    person_id = trained()
    nomination_id = nominate(person_id)
    with inside():
        service.remove(planner, mission_id, nomination_id, version=1)
    with inside():
        service.follow_consent(person_id, given=False)
    with inside():
        _, row = service.nomination_for_edit(planner, mission_id, nomination_id)
        service.put_back(planner, mission_id, nomination_id, version=row.version)
        [one] = service.team_of(planner, mission_id).nominated
        assert one.lacks_consent


def test_who_is_counted_on_keeps_her_place_until_the_planner_decides(
    inside, planner, nominate, trained, step, stands, run_jobs, mission_id
):
    person_id = trained()
    nomination_id = nominate(person_id)
    step(nomination_id, "shortlisted", "selected")
    with inside():
        emit(ConsentChanged(person_id, Purpose.MISSIONS, given=False))
    run_jobs()
    with inside():
        [one] = service.team_of(planner, mission_id).nominated
        assert one.lacks_consent
        told = select(OutgoingMail.template, OutgoingMail.person_id)
        assert db.session.execute(told).all() == [("consent_withdrawn", planner.person_id)]
    assert stands(nomination_id)[0] == "selected"
    step(nomination_id, "withdrawn")
    assert stands(nomination_id) == ("withdrawn", None)
