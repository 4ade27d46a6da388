"""What is done after the commit: issuing, a batch in each step, following corrections, and telling people."""

from kernel.events import subscriber
from training.certificates import notices, service
from training.certificates.service import (
    CertificateChanged,
    CertificatesDue,
    CertificatesIssued,
    IssueRunFinished,
)
from training.participants.service import AttendanceCorrected, ParticipantsErased


@subscriber(CertificatesDue, "training.issue_certificates")
def issue_certificates(event: CertificatesDue) -> bool:
    """Issue what a run has to, a batch in each step."""
    return service.issue_batch(event.run_id)


@subscriber(AttendanceCorrected, "training.follow_correction")
def follow_correction(event: AttendanceCorrected) -> None:
    """Revoke the certificate of somebody who no longer reaches the threshold."""
    service.follow_correction(event.workshop_id, event.participant_id)


@subscriber(ParticipantsErased, "training.erase_certificates")
def erase_certificates(event: ParticipantsErased) -> None:
    """Delete the documents of somebody who was erased; after the lists, so that none is issued anew."""
    service.erase(event.person_id)


@subscriber(CertificatesIssued, "training.tell_holders")
def tell_holders(event: CertificatesIssued) -> None:
    """Mail each holder where her certificate is."""
    notices.tell_holders(event.certificate_ids)


@subscriber(CertificateChanged, "training.tell_holder_of_change")
def tell_holder_of_change(event: CertificateChanged) -> None:
    """Mail the holder that her certificate stands no more, or again."""
    notices.tell_of_change(event.certificate_id)


@subscriber(IssueRunFinished, "training.tell_run_finished")
def tell_officer(event: IssueRunFinished) -> None:
    """Mail whoever started a run that it is done."""
    notices.tell_officer(event.run_id)
