"""When mail to an address stops: what counts, and how much of it is too much."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

MOST_SOFT: Final = 5
WINDOW: Final = timedelta(days=14)
"""Five that came back for the time being within these days are too many; one for good is."""

_HARD: Final = re.compile(r"5\.1\.\d+|5\.2\.1|5\.4\.4|55[013]")
"""No such mailbox or no such domain (RFC 3463, RFC 5321). Full mailboxes, size and policy may change."""


class BounceKind(StrEnum):
    """A hard one will not go away by itself, a soft one may."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True)
class Bounces:
    """How an account's mails came back so far."""

    soft: int = 0
    soft_since: datetime | None = None
    hard: int = 0
    suspended_at: datetime | None = None


def kind_of(status: str) -> BounceKind:
    """The kind of a status such as 5.1.1, or of a bare reply code such as 550."""
    return BounceKind.HARD if _HARD.fullmatch(status) else BounceKind.SOFT


def counted(before: Bounces, kind: BounceKind, now: datetime) -> Bounces:
    """The state after one more mail came back; suspended from the moment it is too much."""
    if kind is BounceKind.HARD:
        after = replace(before, hard=before.hard + 1)
    elif before.soft_since is None or before.soft_since <= now - WINDOW:
        after = replace(before, soft=1, soft_since=now)
    else:
        after = replace(before, soft=before.soft + 1)
    too_much = after.hard > 0 or after.soft >= MOST_SOFT
    return replace(after, suspended_at=before.suspended_at or (now if too_much else None))
