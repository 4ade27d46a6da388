"""What certificates say waits for whom."""

from datetime import timedelta

import pytest

from kernel.values import clock
from tests.training.certificates.conftest import A_MINUTE_LESS, FOUR_FIFTHS
from training.certificates import service


@pytest.fixture
def told(waiting):
    """`told(actor)` is the text and the address of what waits for her in certificates."""

    def ask(actor, at=None):
        with clock.frozen(at or clock.now()):
            found = waiting(actor)
        return [
            (each["text"], each["about"], each["url"])
            for each in found
            if each["kind"].startswith("certificate")
        ]

    return ask


def test_certificates_that_were_earned_wait_until_a_run_begins(
    inside, register, lock, workshop_id, officer, told
):
    for name, minutes in (("A", FOUR_FIFTHS), ("B", FOUR_FIFTHS), ("C", A_MINUTE_LESS)):
        register(workshop_id, name, minutes)
    assert told(officer) == []
    lock(workshop_id)
    url = f"/training/workshops/{workshop_id}/certificates"
    assert told(officer) == [("Issue 2 certificates", "Africa region workshop", url)]
    with inside():
        service.start_issuing(officer, workshop_id)
    assert told(officer) == []


def test_a_certificate_is_news_to_its_holder_for_two_weeks(
    inside, factory, register, lock, workshop_id, officer, run_jobs, certificates, told
):
    alumna = factory.actor("Neema Fictional")
    register(workshop_id, alumna.name, FOUR_FIFTHS, person_id=alumna.person_id)
    lock(workshop_id)
    with inside():
        service.start_issuing(officer, workshop_id)
    run_jobs()
    alumna = factory.reload(alumna.person_id)
    url = f"/training/certificates/{certificates()[0].id}/certificate.pdf"
    assert told(alumna) == [("Download your certificate", "Africa region workshop", url)]
    assert told(alumna, clock.now() + timedelta(days=15)) == []
    assert told(officer) == told(factory.actor()) == []
