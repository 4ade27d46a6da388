"""The document itself, for whoever holds it and for those who run workshops."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.files import respond
from kernel.web import SIGNED_IN, Pages, actor
from training.certificates import service

holders = Pages(
    "certificate", "training.certificates", url_prefix="/training/certificates", section="training"
)


@holders.page("/<uuid:certificate_id>/certificate.pdf", permission=SIGNED_IN)
def document(certificate_id: UUID) -> ResponseReturnValue:
    """The document as it was signed; to everybody else it does not exist."""
    return respond(service.document(actor(), certificate_id))
