"""Taking certificates back and replacing them: with a reason, on the version one saw, on the trail."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from kernel.audit.keys import destroy_key
from kernel.db import db
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.mail.models import OutgoingMail
from tests.training.certificates.conftest import FOUR_FIFTHS, FULL, REASON
from training.certificates import queries, service
from training.certificates.rules import Cause, CertificateState


@pytest.fixture
def certificate(workshop_id, register, lock, issued, certificates):
    """Ama's certificate: 960 of 1,200 minutes."""
    register(workshop_id, "Ama Fictional", FOUR_FIFTHS)
    lock(workshop_id)
    issued(workshop_id)
    return certificates()[0]


def test_a_suspended_certificate_can_be_reinstated_and_a_revoked_one_cannot(
    act, certificate, certificates
):
    act("suspend", certificate)
    [row] = certificates()
    assert (row.state, row.reason, row.cause) == ("suspended", REASON, None)
    act("reinstate", row)
    [row] = certificates()
    assert (row.state, row.reason, row.cause) == ("issued", None, None)
    act("revoke", row)
    [row] = certificates()
    assert (row.state, row.reason, row.cause) == ("revoked", REASON, Cause.DECISION)
    with pytest.raises(Refused, match="final"):
        act("reinstate", row)


@pytest.mark.parametrize("verb", ["suspend", "revoke", "replace"])
def test_a_second_saver_sees_a_conflict(act, certificate, certificates, verb):
    act("suspend", certificate)
    with pytest.raises(Conflict) as caught:
        act(verb, certificate)
    assert caught.value.current["state"] == "suspended"
    assert len(certificates()) == 1


@pytest.mark.parametrize("verb", ["suspend", "reinstate", "revoke", "replace"])
def test_nobody_but_those_who_run_workshops_changes_one(act, certificate, factory, verb):
    with pytest.raises(Forbidden):
        act(verb, certificate, actor=factory.actor())


@pytest.mark.parametrize(
    ("steps", "action", "before", "after"),
    [
        (["suspend"], "certificate.suspended", "issued", "suspended"),
        (["suspend", "reinstate"], "certificate.reinstated", "suspended", "issued"),
        (["revoke"], "certificate.revoked", "issued", "revoked"),
        (["suspend", "revoke"], "certificate.revoked", "suspended", "revoked"),
        (["replace"], "certificate.replaced", "issued", "superseded"),
        (["suspend", "replace"], "certificate.replaced", "suspended", "superseded"),
    ],
)
def test_every_step_is_on_the_trail_with_its_reason_sealed(
    act, certificate, certificates, inside, officer, trail, steps, action, before, after
):
    for step in steps:
        act(step, certificates()[0])
    [entry] = trail(action)
    assert entry.actor_id == officer.person_id
    assert entry.object_id == str(certificate.id)
    assert (entry.before["state"], entry.after["state"]) == (before, after)
    assert REASON not in str(entry.after)
    with inside():
        assert entry.about_id == queries.holding(certificate.id).person_id


def test_a_replacement_says_what_is_true_today_and_the_old_document_stays(
    act, certificate, certificates, inside, rename
):
    rename(certificate.participant_id, "Ama Serwaa Fictional")
    assert [(row.state, row.content) for row in certificates()] == [("issued", certificate.content)]
    act("replace", certificate)
    old, new = certificates()
    assert (old.state, old.reason) == ("superseded", REASON)
    assert (new.state, new.supersedes) == ("issued", old.id)
    assert old.code != new.code
    assert old.content == certificate.content
    with inside():
        names = {held.certificate.id: held.name for held in queries.holdings([old.id, new.id])}
    assert names == {old.id: "Ama Fictional", new.id: "Ama Serwaa Fictional"}


def test_a_revoked_certificate_stays_revoked_when_another_takes_its_place(
    act, certificate, certificates
):
    act("revoke", certificate)
    act("replace", certificates()[0])
    old, new = certificates()
    assert (old.state, new.state, new.supersedes) == ("revoked", "issued", old.id)
    with pytest.raises(Refused, match="another certificate"):
        act("replace", old)


def test_nobody_below_the_threshold_gets_a_replacement(
    act, certificate, certificates, correct, run_jobs
):
    correct(certificate.participant_id, {"S7": 89})
    run_jobs()
    [row] = certificates()
    with pytest.raises(Refused, match=r"Minutes attended: 959\. Needed for a certificate: 960"):
        act("replace", row)
    assert len(certificates()) == 1


def test_corrected_minutes_below_the_threshold_revoke_and_say_why(
    certificate, certificates, correct, run_jobs
):
    correct(certificate.participant_id, {"S7": 89})
    run_jobs()
    [row] = certificates()
    assert (row.state, row.cause) == ("revoked", Cause.ATTENDANCE)
    assert row.reason == "Minutes after a correction: 959 of 1200. Needed: 960."


def test_corrected_minutes_that_still_suffice_leave_the_certificate_and_are_noticed(
    certificate, certificates, correct, run_jobs, inside, officer, workshop_id
):
    correct(certificate.participant_id, {"S7": 240})
    run_jobs()
    assert certificates()[0].state == "issued"
    with inside():
        [entry] = service.register(officer, workshop_id).entries
    assert entry.is_outdated
    assert not entry.is_due


def test_a_certificate_with_a_former_name_is_marked_until_it_is_replaced_or_taken_back(
    act, certificate, certificates, inside, officer, workshop_id, rename
):
    def marked():
        with inside():
            [entry] = service.register(officer, workshop_id).entries
            held = service.certificate(officer, entry.certificate.id)
        return entry.former_name, held.former_name

    assert marked() == (None, None)
    rename(certificate.participant_id, "Ama Serwaa Fictional")
    assert marked() == ("Ama Fictional", "Ama Fictional")
    act("suspend", certificates()[0])
    assert marked() == ("Ama Fictional", "Ama Fictional")
    act("replace", certificates()[0])
    assert marked() == (None, None)
    rename(certificate.participant_id, "Ama Fictional")
    assert marked() == ("Ama Serwaa Fictional", "Ama Serwaa Fictional")
    act("revoke", certificates()[1])
    assert marked() == (None, None)


def test_who_earns_it_later_can_be_issued_one(
    certificate, certificates, correct, run_jobs, inside, officer, workshop_id, issued
):
    correct(certificate.participant_id, {"S7": 89})
    run_jobs()
    correct(certificate.participant_id, {"S7": 90})
    run_jobs()
    with inside():
        assert service.register(officer, workshop_id).due == 1
    issued(workshop_id)
    assert [row.state for row in certificates()] == ["revoked", "issued"]


def test_a_certificate_revoked_by_decision_does_not_come_back_with_the_next_run(
    act, certificate, inside, officer, workshop_id
):
    act("revoke", certificate)
    with inside():
        assert service.register(officer, workshop_id).due == 0


def test_the_holder_is_told_of_every_change(
    workshop_id, register, lock, issued, certificates, act, factory, run_jobs, inside
):
    holder = factory.actor("Ama Fictional")
    register(workshop_id, "Ama Fictional", FULL, person_id=holder.person_id)
    lock(workshop_id)
    issued(workshop_id)
    act("suspend", certificates()[0])
    run_jobs()
    with inside():
        templates = db.session.scalars(
            select(OutgoingMail.template)
            .where(OutgoingMail.person_id == holder.person_id)
            .order_by(OutgoingMail.id)
        ).all()
    assert templates == ["certificate_issued", "certificate_changed"]


def test_the_document_is_the_holders_and_the_officers_and_nobody_elses(
    workshop_id, register, lock, issued, certificates, inside, officer, factory
):
    holder, colleague = factory.actor("Ama Fictional"), factory.actor("Abla Fictional")
    register(workshop_id, "Ama Fictional", FULL, person_id=holder.person_id)
    lock(workshop_id)
    issued(workshop_id)
    [row] = certificates()
    with inside():
        assert service.document(holder, row.id).id == row.file_id
        assert service.document(officer, row.id).id == row.file_id
        with pytest.raises(NotFound):
            service.document(colleague, row.id)


@pytest.mark.parametrize(
    "change",
    [
        "content = '{}'",
        "content = jsonb_set(content, '{attended}', '1')",
        "code = '2222222222222222'",
        "language = 'fr'",
        "issued_at = issued_at + interval '1 day'",
        "participant_id = gen_random_uuid()",
        "file_id = gen_random_uuid()",
    ],
)
def test_what_was_signed_never_changes_in_the_database_either(inside, certificate, change):
    with inside():
        with pytest.raises(IntegrityError) as violated:
            db.session.execute(text(f"update training.certificate set {change}"))
        db.session.rollback()
    assert violated.value.orig.diag.constraint_name == "certificate_kept"


def test_the_document_of_somebody_erased_goes_and_none_takes_its_place(inside, certificate):
    with inside():
        service.erase(queries.holding(certificate.id).person_id)
    with inside():
        assert queries.holding(certificate.id).certificate.file_id is None
        assert queries.holding(certificate.id).certificate.content == certificate.content
        with pytest.raises(IntegrityError) as violated:
            db.session.execute(
                text("update training.certificate set file_id = :file"),
                {"file": certificate.file_id},
            )
        db.session.rollback()
    assert violated.value.orig.diag.constraint_name == "certificate_kept"


def test_an_erased_persons_name_cannot_be_read_any_more(certificate, inside):
    with inside():
        held = queries.holding(certificate.id)
        assert held.name == "Ama Fictional"
        destroy_key(held.person_id)
    with inside():
        assert queries.holding(certificate.id).name is None
        assert queries.holding(certificate.id).certificate.state == CertificateState.ISSUED
