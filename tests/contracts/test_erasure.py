"""Somebody with everything is erased: no page, export or answer tells any more who she was."""

import io
import zipfile

import pytest
from sqlalchemy import select

from kernel.admin.people.service import erase
from kernel.audit.chain import seal, verify
from kernel.audit.keys import ciphers_for
from kernel.db import db
from kernel.files.models import StoredFile
from kernel.identity.models import Account, Person
from kernel.identity.queries import actor_by_person
from kernel.values import clock
from missions.roster.models import Nomination
from tests.contracts.examples import build
from tests.contracts.routes import routes
from tests.contracts.test_pages import ELSEWHERE
from tests.factories.network import end_affiliations
from training.alumni.models import AlumniRecord, Availability, Consent, Participation
from training.certificates.models import Certificate
from training.certificates.service import verify as verify_certificate
from training.participants.models import Participant
from training.placements import service as placements
from training.placements.models import Application, Vacancy
from training.placements.rules.statements import Statements

SENT = {"mailbox.index"}
"""The mails somebody got are hers, and on a developer's machine alone are they kept."""

LETTER = "I led the count on Niue (fictional)."


@pytest.fixture
def network(app, tenant):
    """A network with one of everything."""
    return build(app, tenant, items=1)


@pytest.fixture
def she(network):
    """Somebody trained, certified, nominated, who applied; addresses of pages are those of hers."""
    with network.inside():
        person = db.session.scalars(select(Person).where(Person.name == "Colleague Fictional"))
        actor = actor_by_person(person.one().id, clock.now())
        vacancy = db.session.scalars(select(Vacancy).where(Vacancy.state == "published")).one()
        said = Statements(full_time=True, motivation=LETTER)
        draft = placements.save_draft(actor, vacancy.id, said, version=None)
        sent = placements.submit(actor, vacancy.id, version=draft.version)
        listed = db.session.scalars(
            select(Participant).where(Participant.person_id == actor.person_id)
        ).one()
        certificate = select(Certificate).where(Certificate.participant_id == listed.id)
        network.ids |= {
            "application_id": [str(sent.id)],
            "certificate_id": [str(db.session.scalars(certificate).one().id)],
            "participant_id": [str(listed.id)],
            "person_id": [str(actor.person_id)],
            "workshop_id": [str(listed.workshop_id)],
        }
    return actor


@pytest.fixture
def traces(network, she):
    """What would tell who she was."""
    with network.inside():
        own = select(Account.address).where(Account.person_id == she.person_id)
        on_lists = select(Participant.address).where(Participant.person_id == she.person_id)
        addresses = {*db.session.scalars(own), *db.session.scalars(on_lists)}
    return {"Colleague Fictional", LETTER, *addresses}


@pytest.fixture
def erased(network, she, traces, run_jobs):
    """She left and was erased, and what follows from that is done."""
    run_jobs()
    with network.inside():
        end_affiliations(she)
    with network.inside():
        erase(she.person_id)
    run_jobs()
    return she


def content(answer):
    """What an answer says, also one that is packed."""
    if not answer.data.startswith(b"PK"):
        return answer.get_data().decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def seen(app, network):
    """Everything one with all permissions can open at her addresses: path, status and text."""
    for rule, method in routes(app):
        if method == "GET" and rule.endpoint not in ELSEWHERE | SENT:
            path = network.path(rule)
            answer = network.visitor.ask(rule, "GET", path)
            yield path, answer.status_code, content(answer)


def test_no_page_and_no_export_tells_who_she_was(app, network, erased, traces):
    found, failed = [], []
    for path, status, text in seen(app, network):
        found += [(path, trace) for trace in traces if trace in text]
        failed += [(path, status)] if status >= 500 else []
    assert found == []
    assert failed == []


def test_they_told_before(app, network, she, traces):
    text = "".join(text for _, _, text in seen(app, network))
    assert [trace for trace in traces if trace not in text] == []


def test_nothing_of_hers_is_left_but_what_counts(network, erased):
    with network.inside():
        listed = db.session.scalars(
            select(Participant).where(Participant.person_id == erased.person_id)
        ).one()
        assert (listed.name, listed.address, listed.gender) == ("—", None, "not_declared")
        mine = select(Participation).where(Participation.person_id == erased.person_id)
        assert db.session.scalars(mine).one().attended_minutes == 60
        for table in (Availability, Consent):
            assert (
                db.session.scalars(select(table).filter_by(person_id=erased.person_id)).all() == []
            )
        mine = select(AlumniRecord).where(AlumniRecord.person_id == erased.person_id)
        assert db.session.scalars(mine).one().state == "erased"
        mine = select(Certificate).where(Certificate.participant_id == listed.id)
        certificate = db.session.scalars(mine).one()
        assert certificate.file_id is None
        kept = select(StoredFile).where(StoredFile.name.contains(certificate.code[:4]))
        assert db.session.scalars(kept).all() == []
        answer = verify_certificate(certificate.code)
        assert answer.stands
        seal()
        assert verify().holds


def test_what_she_sent_and_was_nominated_on_is_kept_sealed_and_stays_unreadable(network, erased):
    with network.inside():
        application = db.session.scalars(
            select(Application).where(Application.person_id == erased.person_id)
        ).one()
        assert application.state == "withdrawn"
        assert application.submission.keys() == application.advice.keys() == {"sealed"}
        nomination = db.session.scalars(select(Nomination)).one()
        assert nomination.state == "withdrawn"
        assert nomination.credentials.keys() == {"sealed"}
        # A key made anew reads nothing from before.
        assert ciphers_for({erased.person_id})
    visitor = network.visitor.browser
    ids = {name: values[0] for name, values in network.ids.items()}
    for path in (
        "/training/placements/{vacancy_id}/applications",
        "/training/placements/{vacancy_id}/applications/{application_id}",
        "/training/certificates/{certificate_id}",
        "/training/workshops/{workshop_id}/participants/{participant_id}",
        "/missions/{mission_id}/team",
        "/admin/audit",
    ):
        page = visitor.get(path.format_map(ids))
        assert (page.status, "Erased" in page.text) == (200, True), path


def test_erasing_again_changes_nothing(network, erased, run_jobs):
    with network.inside():
        before = [
            row.version for row in db.session.scalars(select(Participant).order_by(Participant.id))
        ]
        erase(erased.person_id)
    run_jobs()
    with network.inside():
        after = [
            row.version for row in db.session.scalars(select(Participant).order_by(Participant.id))
        ]
    assert after == before
