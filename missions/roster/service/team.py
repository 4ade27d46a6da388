"""Who is nominated for a mission, and who could be: as pages and API show it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.audit.keys import PersonCipher, ciphers_of
from kernel.identity.actor import Actor
from kernel.questions.credentials import (
    Credentials,
    Purpose,
    Trained,
    Wanted,
    credentials,
)
from kernel.values.periods import Period
from missions.missions import queries as missions
from missions.missions.queries import Mission
from missions.missions.service import Precision, mission_phases
from missions.roster import access, queries, snapshot
from missions.roster.models import Nomination
from missions.roster.queries import Placed
from missions.roster.rules import (
    ENDED,
    NEXT,
    OBSERVING,
    Freedom,
    NominationState,
    freedom,
    time_in_country,
)


@dataclass(frozen=True)
class Search:
    """How people are looked for; "" and None do not narrow. `free` asks for all the days in the country."""

    text: str = ""
    programme: str | None = None
    free: bool = False


@dataclass(frozen=True)
class Nominated:
    """A nomination: the person as she was known then, and what stands in the way now.

    `elsewhere` is another mission that counts on her on some of the days. Once she was erased nothing is
    known of the person.
    """

    nomination: Nomination
    person: Trained
    is_erased: bool
    freedom: Freedom | None
    elsewhere: Placed | None
    steps: tuple[NominationState, ...]

    @property
    def lacks_consent(self) -> bool:
        """Whether she withdrew her consent, and nobody has let her go yet."""
        return (
            self.nomination.consent_withdrawn_at is not None and self.nomination.state not in ENDED
        )

    @property
    def removable(self) -> bool:
        """Whether nobody has decided on the nomination yet."""
        return self.nomination.state == NominationState.NOMINATED


@dataclass(frozen=True)
class Team:
    """Everybody nominated for a mission. `days` are those in the country; `fixed` when polling day is."""

    mission: Mission
    days: Period | None
    fixed: bool
    nominated: Sequence[Nominated]
    may_edit: bool

    @property
    def by_state(self) -> Counter[str]:
        """How many nominations stand where."""
        return Counter(one.nomination.state for one in self.nominated)


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be nominated. `freedom` is None where the mission has no days in the country."""

    person: Trained
    freedom: Freedom | None
    elsewhere: Placed | None
    nominated: NominationState | None


@dataclass(frozen=True)
class Found:
    """The people found for a mission; `answer` tells whether anybody answered, and whether there are more."""

    mission: Mission
    days: Period | None
    fixed: bool
    own_country_left_out: bool
    candidates: Sequence[Candidate]
    answer: Credentials


def mission_for_edit(actor: Actor, mission_id: UUID) -> Mission:
    """A mission for somebody who makes up its team; raises NotFound, Forbidden, Refused when it ended."""
    mission = missions.mission_of(actor, mission_id)
    access.require_edit(actor, mission)
    return mission


def team_of(actor: Actor, mission_id: UUID) -> Team:
    """Everybody nominated for a mission; raises NotFound, Forbidden."""
    mission = missions.mission_of(actor, mission_id)
    access.require_see(actor)
    days, may_edit = days_of(mission), access.can_edit(actor, mission)
    rows = queries.nominations_of(mission_id)
    ciphers = ciphers_of({row.person_id for row, _ in rows})
    elsewhere = queries.placed_elsewhere([row.person_id for row, _ in rows], mission_id, days)
    return Team(
        mission=mission,
        days=days,
        fixed=mission.precision == Precision.DAY,
        nominated=[
            _nominated(
                row,
                name,
                ciphers.get(row.person_id),
                days,
                elsewhere.get(row.person_id),
                may_edit,
            )
            for row, name in rows
        ],
        may_edit=may_edit,
    )


def find_people(actor: Actor, mission_id: UUID, search: Search) -> Found:
    """Who is trained and could go on a mission; nobody from its own country where it observes.

    Raises NotFound, Forbidden, and Refused when the mission has ended.
    """
    mission = mission_for_edit(actor, mission_id)
    days, observing = days_of(mission), mission.kind in OBSERVING
    wanted = Wanted(
        purpose=Purpose.MISSIONS,
        text=search.text,
        programme=search.programme,
        free_during=days if search.free else None,
        not_from=mission.country if observing else None,
    )
    answer = credentials(actor, wanted)
    ids = [person.person_id for person in answer.people]
    elsewhere = queries.placed_elsewhere(ids, mission_id, days)
    nominated = queries.nominated_among(mission_id, ids)
    return Found(
        mission=mission,
        days=days,
        fixed=mission.precision == Precision.DAY,
        own_country_left_out=observing,
        candidates=[
            Candidate(
                person=person,
                freedom=freedom(person.free, days) if days else None,
                elsewhere=elsewhere.get(person.person_id),
                nominated=_state(nominated.get(person.person_id)),
            )
            for person in answer.people
        ],
        answer=answer,
    )


def days_of(mission: Mission) -> Period | None:
    """The days the team is in the country, around polling day as it is known now."""
    phases = {phase.key: phase.on(mission.polling_day) for phase in mission_phases(mission.id)}
    return time_in_country(phases)


def _nominated(
    row: Nomination,
    name: str,
    cipher: PersonCipher | None,
    days: Period | None,
    elsewhere: Placed | None,
    may_edit: bool,
) -> Nominated:
    person = snapshot.read(row.person_id, name, cipher, row.credentials)
    return Nominated(
        nomination=row,
        person=person,
        is_erased=snapshot.countries(cipher, row.credentials) is None,
        freedom=freedom(person.free, days) if days else None,
        elsewhere=elsewhere,
        steps=_steps(row) if may_edit else (),
    )


def _steps(row: Nomination) -> tuple[NominationState, ...]:
    """Where a nomination can go: who withdrew her consent is taken no further."""
    steps = NEXT[NominationState(row.state)]
    if row.consent_withdrawn_at is None:
        return steps
    return tuple(step for step in steps if step in ENDED)


def _state(state: str | None) -> NominationState | None:
    return NominationState(state) if state else None
