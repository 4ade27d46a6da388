"""Minutes attended: what is earned by them, and what offices write for them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from kernel.errors import N_, NotFound, Refused
from kernel.values.outcomes import Compared, compared
from kernel.values.partial_dates import PartialDate

OUT_OF_SESSION: Final = N_("Session %(code)s lasts %(minutes)s minutes. Enter 0 to %(minutes)s.")
"""The refusal of minutes that a session does not have."""

BAD_MINUTES: Final = N_("Enter the minutes attended, 0 or more, for example 90 or 1h30.")
"""The refusal of what cannot be read as minutes."""

_MINUTES = re.compile(r"(\d{1,4})(?:min|mins|minutes|m|')?")
_HOURS = re.compile(r"(\d{1,2})(?:h|hr|hrs|hour|hours)(?:(\d{1,2})(?:min|mins|minutes|m|')?)?")
_ROW = re.compile(r"[0-9]{1,5}")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


class Result(StrEnum):
    """What somebody's attendance amounts to, in one word."""

    EARNED = "earned"
    TOOK_PART = "took_part"
    ABSENT = "absent"


RESULT_LABELS: Final = {
    Result.EARNED: N_("Earned a certificate"),
    Result.TOOK_PART: N_("Took part"),
    Result.ABSENT: N_("Did not attend"),
}


class Gender(StrEnum):
    """Gender as a person declares it; not declaring it is an answer."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_DECLARED = "not_declared"


GENDER_LABELS: Final = {
    Gender.FEMALE: N_("Female"),
    Gender.MALE: N_("Male"),
    Gender.OTHER: N_("Other"),
    Gender.NOT_DECLARED: N_("Not declared"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody's attendance amounts to: minutes attended of minutes scheduled."""

    attended: int
    scheduled: int
    threshold: Fraction

    @property
    def took_part(self) -> bool:
        """Whether she took part: one attended minute is enough, registration is not."""
        return self.attended >= 1

    @property
    def earned(self) -> bool:
        """Whether she reached the threshold. Exact: 960 of 1,200 minutes are four fifths, 959 are not."""
        share = self.threshold
        return self.took_part and (
            self.attended * share.denominator >= share.numerator * self.scheduled
        )

    @property
    def result(self) -> Result:
        """What it amounts to in one word."""
        if self.earned:
            return Result.EARNED
        return Result.TOOK_PART if self.took_part else Result.ABSENT

    @property
    def needed(self) -> int:
        """The fewest minutes that reach the threshold."""
        return -((-self.threshold * self.scheduled) // 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people each result counts."""

    earned: int = 0
    took_part: int = 0
    absent: int = 0

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> "Tally":
        """Count what people's attendance amounts to."""
        counted = Counter(standing.result for standing in standings)
        return cls(*(counted[result] for result in Result))

    @property
    def everybody(self) -> int:
        """How many people were registered."""
        return self.earned + self.took_part + self.absent


def parse_rows(text: str) -> frozenset[int]:
    """Numbers of rows with commas between them; raises Refused for anything else."""
    parts = [part.strip() for part in text.split(",")] if text else []
    if not all(_ROW.fullmatch(part) for part in parts):
        raise Refused(
            N_("Enter numbers of rows with commas between them, such as 32,34."), field="leave_out"
        )
    return frozenset(int(part) for part in parts)


def tally_by_gender(standings: Iterable[tuple[str, Standing]]) -> dict[Gender, Tally]:
    """What the attendance of each gender amounts to; every gender is counted, declared or not."""
    counted: dict[Gender, list[Standing]] = {gender: [] for gender in Gender}
    for gender, standing in standings:
        counted[Gender(gender)].append(standing)
    return {gender: Tally.of(those) for gender, those in counted.items()}


@dataclass(frozen=True, slots=True)
class ScheduledSession:
    """What minutes in a session are held against; `minutes` is its length."""

    id: UUID
    code: str
    title: str
    minutes: int

    @property
    def field(self) -> str:
        """The name of the field for the minutes somebody attended of it."""
        return f"minutes_{self.id}"


def check_minutes(agenda: Iterable[ScheduledSession], minutes: Mapping[UUID, int]) -> None:
    """Raises NotFound for a session of another workshop, Refused for minutes that no session has."""
    sessions = {session.id: session for session in agenda}
    for session_id, attended in minutes.items():
        session = sessions.get(session_id)
        if session is None:
            raise NotFound(N_("This session is not on the agenda of the workshop."))
        if not 0 <= attended <= session.minutes:
            raise Refused(
                OUT_OF_SESSION, field="minutes", code=session.code, minutes=session.minutes
            )


@dataclass(frozen=True, slots=True)
class Row:
    """A good row of a file: who she is, and what the file says of her, minutes by the session's field."""

    number: int
    address: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A participant as she stands: `values` are what a row may change."""

    participant_id: UUID
    person_id: UUID
    address: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What a row does: to `known`, or as somebody new, who is `person_id` when the network knows her."""

    row: int
    name: str
    known: Known | None
    person_id: UUID | None
    does: Compared


def plan_import(
    rows: Iterable[Row], known: Iterable[Known], people: Mapping[str, UUID]
) -> tuple[list[Step], list[tuple[int, int]]]:
    """Tell what each row does, and which rows are about a person an earlier row is about already.

    Somebody is the participant of her address, or else the participant who is the person known at that
    address (`people`). The second answer has pairs of row numbers, the repeating row first.
    """
    by_address = {one.address: one for one in known}
    by_person = {one.person_id: one for one in by_address.values()}
    first: dict[UUID, int] = {}
    steps, repeats = [], []
    for row in rows:
        found = by_address.get(row.address)
        person_id = found.person_id if found else people.get(row.address)
        found = found or (by_person.get(person_id) if person_id else None)
        if person_id and first.setdefault(person_id, row.number) != row.number:
            repeats.append((row.number, first[person_id]))
            continue
        does = compared(row.given, found.values if found else None)
        name = str(row.given["name"])
        steps.append(Step(row.number, name, found, person_id, does))
    return steps, repeats


@dataclass(frozen=True, slots=True)
class EventAttended:
    """A workshop somebody was registered for, and the minutes she attended so far.

    `event` is the workshop's id as text. Minutes prove something only once attendance is `locked`.
    """

    event: str
    title: str
    held: PartialDate
    minutes: int
    locked: bool


def parse_minutes(text: str) -> int | None:
    """Minutes as offices write them: "90", "180 min", "1h30", "2 hours", "1:30"; None for anything else.

    Negative numbers and fractions are not minutes somebody attended.
    """
    plain = "".join(text.casefold().split())
    if matched := _MINUTES.fullmatch(plain):
        return int(matched[1])
    if matched := _HOURS.fullmatch(plain) or _CLOCK.fullmatch(plain):
        hours, minutes = int(matched[1]), int(matched[2] or 0)
        return hours * 60 + minutes if minutes < 60 else None
    return None
