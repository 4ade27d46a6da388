"""Certificates as JSON: the same services and rules as the pages."""

from typing import Any, Final
from uuid import UUID

from flask import Response

from kernel.files import respond
from kernel.web import PUBLIC, SIGNED_IN, Api, actor, expected_version, version_header
from training.certificates import schemas, service
from training.certificates.limits import count_look_up
from training.certificates.service import Holding, IssueRun, Register, Verification
from training.permissions import TrainingPermission

SEE: Final = TrainingPermission.WORKSHOPS_SEE
MANAGE: Final = TrainingPermission.WORKSHOPS_MANAGE

workshop_api = Api(
    "certificates",
    __name__,
    url_prefix="/workshops/<uuid:workshop_id>/certificates",
    description="Certificates of a workshop, and issuing them",
    known_to=SEE,
)
certificate_api = Api(
    "certificate",
    __name__,
    url_prefix="/certificates",
    description="One's own certificates; for officers, taking back and replacing any",
    known_to=SEE,
)
run_api = Api(
    "issue_runs",
    __name__,
    url_prefix="/issue-runs",
    description="The progress of issuing certificates",
    known_to=SEE,
)
public_api = Api(
    "verify",
    __name__,
    url_prefix="/verify",
    description="What a certificate's code stands for; open to anybody, never a name",
)

Answer = tuple[Holding, int, dict[str, str]]


@workshop_api.endpoint("", permission=MANAGE)
@workshop_api.response(200, schemas.RegisterOutput)
def list_certificates(workshop_id: UUID) -> Register:
    """Those who earned a certificate or have one, by name, and the last run."""
    return service.register(actor(), workshop_id)


@workshop_api.endpoint("/issue", permission=MANAGE, method="POST")
@workshop_api.response(202, schemas.RunOutput)
def start_issuing(workshop_id: UUID) -> IssueRun:
    """Issue a certificate to everybody who earned one and has none; done by a job."""
    return service.start_issuing(actor(), workshop_id)


@run_api.endpoint("/<uuid:issue_run_id>", permission=MANAGE)
@run_api.response(200, schemas.RunOutput)
def get_run(issue_run_id: UUID) -> IssueRun:
    """How far a run is."""
    return service.progress(actor(), issue_run_id)


@certificate_api.endpoint("/<uuid:certificate_id>", permission=MANAGE)
@certificate_api.response(200, schemas.CertificateOutput)
def get_certificate(certificate_id: UUID) -> Answer:
    """One certificate; its ETag is the version to change it from."""
    return _answer(certificate_id)


@certificate_api.endpoint("/<uuid:certificate_id>/suspend", permission=MANAGE, method="POST")
@certificate_api.arguments(schemas.ReasonSchema)
@certificate_api.response(200, schemas.CertificateOutput)
def suspend(data: dict[str, Any], certificate_id: UUID) -> Answer:
    """Let it not stand for the time being; needs If-Match."""
    service.suspend(actor(), certificate_id, version=expected_version(), **data)
    return _answer(certificate_id)


@certificate_api.endpoint("/<uuid:certificate_id>/reinstate", permission=MANAGE, method="POST")
@certificate_api.arguments(schemas.ReasonSchema)
@certificate_api.response(200, schemas.CertificateOutput)
def reinstate(data: dict[str, Any], certificate_id: UUID) -> Answer:
    """Let a suspended one stand again; needs If-Match."""
    service.reinstate(actor(), certificate_id, version=expected_version(), **data)
    return _answer(certificate_id)


@certificate_api.endpoint("/<uuid:certificate_id>/revoke", permission=MANAGE, method="POST")
@certificate_api.arguments(schemas.ReasonSchema)
@certificate_api.response(200, schemas.CertificateOutput)
def revoke(data: dict[str, Any], certificate_id: UUID) -> Answer:
    """Take it back for good; needs If-Match."""
    service.revoke(actor(), certificate_id, version=expected_version(), **data)
    return _answer(certificate_id)


@certificate_api.endpoint("/<uuid:certificate_id>/replace", permission=MANAGE, method="POST")
@certificate_api.arguments(schemas.ReasonSchema)
@certificate_api.response(201, schemas.CertificateOutput)
def replace(data: dict[str, Any], certificate_id: UUID) -> Answer:
    """Issue another one in its place, which is answered; needs If-Match."""
    issued = service.replace(actor(), certificate_id, version=expected_version(), **data)
    return _answer(issued.id, 201)


@certificate_api.endpoint("", permission=SIGNED_IN)
@certificate_api.response(200, schemas.OwnCertificatesOutput)
def my_certificates() -> dict[str, Any]:
    """One's own certificates, the latest first."""
    return {"items": service.my_certificates(actor())}


@certificate_api.endpoint("/<uuid:certificate_id>/document", permission=SIGNED_IN)
@certificate_api.response(200, content_type="application/pdf")
def get_document(certificate_id: UUID) -> Response:
    """The document as it was signed: one's own, or any for those who run workshops."""
    return respond(service.document(actor(), certificate_id))


@public_api.endpoint("/<code>", permission=PUBLIC)
@public_api.response(200, schemas.VerificationOutput)
def verify(code: str) -> Verification:
    """What a code stands for. A code that nothing has is answered 200 too, without a state."""
    count_look_up()
    return service.verify(code)


def _answer(certificate_id: UUID, status: int = 200) -> Answer:
    held = service.certificate(actor(), certificate_id)
    return held, status, version_header(held.certificate.version)
