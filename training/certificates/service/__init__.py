"""The verbs of certificates: issuing, taking back and replacing, verifying, handing out."""

from training.certificates.events import (
    CertificateChanged,
    CertificatesDue,
    CertificatesIssued,
    IssueRunFinished,
)
from training.certificates.queries import Holding, IssueRun
from training.certificates.service.changes import (
    follow_correction,
    reinstate,
    replace,
    revoke,
    suspend,
)
from training.certificates.service.erasing import erase
from training.certificates.service.handing_out import archive, document, my_certificates
from training.certificates.service.issuing import issue_batch, start_issuing
from training.certificates.service.register import (
    Entry,
    Register,
    certificate,
    is_stuck,
    progress,
    register,
)
from training.certificates.service.verifying import Verification, printed, verify

__all__ = [
    "CertificateChanged",
    "CertificatesDue",
    "CertificatesIssued",
    "Entry",
    "Holding",
    "IssueRun",
    "IssueRunFinished",
    "Register",
    "Verification",
    "archive",
    "certificate",
    "document",
    "erase",
    "follow_correction",
    "is_stuck",
    "issue_batch",
    "my_certificates",
    "printed",
    "progress",
    "register",
    "reinstate",
    "replace",
    "revoke",
    "start_issuing",
    "suspend",
    "verify",
]
