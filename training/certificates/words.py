"""What states and steps of certificates are called, as messages to translate."""

from typing import Final

from kernel.errors import N_, P_
from training.certificates.rules import CertificateState, Step

STATES: Final = {
    CertificateState.ISSUED: N_("Issued"),
    CertificateState.SUSPENDED: P_("certificate", "Suspended"),
    CertificateState.REVOKED: N_("Revoked"),
    CertificateState.SUPERSEDED: N_("Replaced"),
}

STEPS: Final = {
    Step.SUSPEND: N_("Suspend"),
    Step.REINSTATE: N_("Reinstate"),
    Step.REVOKE: N_("Revoke"),
    Step.REPLACE: N_("Replace"),
}

EFFECTS: Final = {
    Step.SUSPEND: N_(
        "Whoever verifies the certificate is told that it is suspended, until you reinstate it."
    ),
    Step.REINSTATE: N_("Whoever verifies the certificate is told that it stands again."),
    Step.REVOKE: N_(
        "Whoever verifies the certificate is told that it was revoked. This cannot be taken back."
    ),
    Step.REPLACE: N_(
        "A new certificate is issued with what is known today: the name on the list of participants, the"
        " minutes, the workshop. The old one no longer stands."
    ),
}

TOLD: Final = {
    Step.SUSPEND: N_("The certificate was suspended."),
    Step.REINSTATE: N_("The certificate stands again."),
    Step.REVOKE: N_("The certificate was revoked."),
    Step.REPLACE: N_("The certificate was replaced. This is the new one."),
}
