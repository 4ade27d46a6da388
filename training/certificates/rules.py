"""What a certificate can become, who is due one, and the code anybody can verify it by."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from kernel.errors import N_, NotNow

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters without those taken for one another when read aloud or copied: 0 O, 1 I L."""

CODE_LENGTH: Final = 16
"""31 signs to the 16th power are 79 bits: guessing one of a million codes takes some 10 ** 17 tries."""

GROUP: Final = 4
"""Signs between two hyphens: what one reads aloud in a breath."""

LONGEST_ENTRY: Final = 64
"""Characters anybody may type for a code, separators included."""


PATIENCE: Final = timedelta(minutes=15)
"""A run that has not progressed for so long is stuck, and may be taken up again."""


class CertificateState(StrEnum):
    """Whether a certificate stands. Neither a revoked nor a superseded one ever stands again."""

    ISSUED = "issued"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


class Cause(StrEnum):
    """Why a certificate was revoked: somebody decided it, or its minutes fell below the threshold."""

    DECISION = "decision"
    ATTENDANCE = "attendance"


class Step(StrEnum):
    """What can be done to a certificate."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"
    REPLACE = "replace"


STANDING: Final = frozenset({CertificateState.ISSUED, CertificateState.SUSPENDED})
"""A person has at most one of these for a workshop."""

COMES_BACK: Final = (CertificateState.REVOKED, Cause.ATTENDANCE)
"""After this the next run issues another, once the minutes suffice again. One that was revoked by decision
does not come back by itself: somebody must replace it by name."""

_STEPS: Final = {
    Step.SUSPEND: {CertificateState.ISSUED: CertificateState.SUSPENDED},
    Step.REINSTATE: {CertificateState.SUSPENDED: CertificateState.ISSUED},
    Step.REVOKE: dict.fromkeys(STANDING, CertificateState.REVOKED),
    # What was revoked stays so, even when another certificate takes its place.
    Step.REPLACE: {
        **dict.fromkeys(STANDING, CertificateState.SUPERSEDED),
        CertificateState.REVOKED: CertificateState.REVOKED,
    },
}
"""Where each step leads from each state it can be taken in."""

_REFUSALS: Final = {
    CertificateState.ISSUED: N_("This certificate stands. Only a suspended one can be reinstated."),
    CertificateState.SUSPENDED: N_(
        "This certificate is suspended already. Reinstate, replace or revoke it."
    ),
    CertificateState.REVOKED: N_(
        "This certificate was revoked, which is final. Replace it to issue another one."
    ),
    CertificateState.SUPERSEDED: N_(
        "This certificate was replaced by another one, which is final. Change that one instead."
    ),
}


def new_code() -> str:
    """A code drawn at random, which says nothing about anybody."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """A code as it is printed and read aloud: 7KQM-2XWP-9RTH-4DNC."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """A code as somebody typed it, in the form it is kept in; what is no letter or digit does not count.

    Any case, any separators, wide or Arabic digits. What cannot be a code comes back as it is found
    and is looked for like any other, so that no answer is quicker.
    """
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_ENTRY]).upper()
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain if sign.isalnum()
    )


def after(step: Step, state: CertificateState) -> CertificateState:
    """The state a step leads to; raises Refused where it cannot be taken."""
    if state not in _STEPS[step]:
        raise NotNow(_REFUSALS[state])
    return _STEPS[step][state]


def steps_from(state: CertificateState) -> tuple[Step, ...]:
    """What can be done to a certificate in this state."""
    return tuple(step for step, targets in _STEPS.items() if state in targets)


def is_due(*, earned: bool, latest: CertificateState | None, cause: Cause | None = None) -> bool:
    """Whether a participant gets a certificate in the next run, by the latest one she has, if any.

    Who reached the threshold and has none does; who lost hers for minutes that were corrected again, too.
    """
    return earned and (latest is None or (latest, cause) == COMES_BACK)


def former_name(signed: str | None, called: str) -> str | None:
    """The signed name, where the list calls its holder another one now; None as well once it is erased."""
    return signed if signed != called else None


def falls(*, earned: bool, latest: CertificateState | None) -> bool:
    """Whether a certificate no longer stands on the minutes it was issued for."""
    return not earned and latest in STANDING


def is_stuck(progressed_at: datetime, now: datetime) -> bool:
    """Whether a run that is not finished needs somebody to take it up again."""
    return now - progressed_at > PATIENCE
