"""Nominating people for a mission, and taking a nomination from state to state."""

from uuid import UUID

from kernel.audit import record
from kernel.audit.keys import ciphers_for, ciphers_of
from kernel.db import db
from kernel.errors import N_, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.questions.credentials import Purpose, Trained, Wanted, credentials
from kernel.values import clock
from missions.missions import queries as missions
from missions.missions.queries import Mission
from missions.roster import queries, snapshot
from missions.roster.models import Nomination
from missions.roster.rules import (
    PLACED,
    NominationState,
    require_consent,
    require_independent,
    require_removable,
    stepped,
)
from missions.roster.service.team import days_of, mission_for_edit


def nominate(actor: Actor, mission_id: UUID, *, person_id: UUID) -> Nomination:
    """Nominate somebody who agreed to be found, with her credentials of this moment.

    Whoever is nominated already stays as she is. Raises NotFound, Forbidden, and Refused when the mission
    has ended, for somebody who cannot be found, or one from the country that is observed.
    """
    mission = mission_for_edit(actor, mission_id)
    # Held: who withdraws her consent in the same moment waits, and then finds this nomination to be marked.
    person = _findable(actor, person_id)
    require_independent(mission.kind, mission.country, person.countries)
    existing = queries.live_nomination(mission_id, person_id)
    if existing is not None:
        return existing
    nomination = Nomination(
        mission_id=mission_id,
        person_id=person_id,
        credentials=snapshot.taken(ciphers_for({person_id})[person_id], person),
        nominated_by=actor.person_id,
    )
    db.session.add(nomination)
    _record(actor, "nomination.made", nomination, {}, person.name)
    return nomination


def nomination_for_edit(
    actor: Actor, mission_id: UUID, nomination_id: UUID
) -> tuple[Mission, Nomination]:
    """A nomination for somebody who makes up the team; raises NotFound, Forbidden, Refused."""
    mission = mission_for_edit(actor, mission_id)
    return mission, queries.nomination_of(mission_id, nomination_id)


def take_step(
    actor: Actor,
    mission_id: UUID,
    nomination_id: UUID,
    *,
    version: int | None,
    state: NominationState,
) -> Nomination:
    """Take a nomination to another state; selecting takes the days the mission is in the country.

    Raises NotFound, Forbidden, Conflict, and Refused for a step it cannot take, somebody who withdrew her
    consent or is from the country that is observed, or one who is expected elsewhere on one of the days.
    """
    mission, nomination = nomination_for_edit(actor, mission_id, nomination_id)
    before = facts(nomination)
    nomination.expect(version, before)
    if nomination.removed_at is not None:
        raise NotNow(N_("This nomination was removed. Put it back first."))
    after = stepped(NominationState(nomination.state), state)
    require_consent(after, withdrawn=nomination.consent_withdrawn_at is not None)
    if after in PLACED:
        _require_independent(actor, mission, nomination)
    if after is NominationState.SELECTED:
        _place(mission, nomination)
    elif after not in PLACED:
        nomination.starts_on = nomination.ends_on = None
    nomination.state = after
    _record(actor, f"nomination.{after}", nomination, before)
    return nomination


def remove(
    actor: Actor, mission_id: UUID, nomination_id: UUID, *, version: int | None
) -> Nomination:
    """Take an undecided nomination off the list; it can be put back.

    Raises NotFound, Forbidden, Conflict, and Refused once it has been decided on.
    """
    _, nomination = nomination_for_edit(actor, mission_id, nomination_id)
    before = facts(nomination)
    nomination.expect(version, before)
    require_removable(NominationState(nomination.state))
    if nomination.removed_at is None:
        nomination.removed_at = clock.now()
        _record(actor, "nomination.removed", nomination, before)
    return nomination


def put_back(
    actor: Actor, mission_id: UUID, nomination_id: UUID, *, version: int | None
) -> Nomination:
    """Undo a removal. Raises NotFound, Forbidden, Conflict, and Refused for somebody nominated anew since."""
    _, nomination = nomination_for_edit(actor, mission_id, nomination_id)
    before = facts(nomination)
    nomination.expect(version, before)
    if nomination.removed_at is None:
        return nomination
    if queries.live_nomination(mission_id, nomination.person_id) is not None:
        raise NotNow(N_("This person has been nominated again meanwhile. Use that nomination."))
    nomination.removed_at = None
    _record(actor, "nomination.put_back", nomination, before)
    return nomination


def facts(nomination: Nomination) -> dict[str, object]:
    """Where a nomination stands, for the audit and for comparing versions."""
    return {
        "state": nomination.state,
        "starts_on": nomination.starts_on,
        "ends_on": nomination.ends_on,
        "removed_at": nomination.removed_at,
        "consent_withdrawn_at": nomination.consent_withdrawn_at,
    }


def _findable(actor: Actor, person_id: UUID) -> Trained:
    answer = credentials(actor, Wanted(Purpose.MISSIONS, person_ids=(person_id,), held=True))
    if not answer.people:
        raise Refused(
            N_("Choose somebody who agreed to be found by mission planners."), field="person_id"
        )
    return answer.people[0]


def _require_independent(actor: Actor, mission: Mission, nomination: Nomination) -> None:
    """Raises Refused for her own country: as known when nominated, and now, if she can still be found.

    The mission is held and read again: its dates may be moving.
    """
    missions.hold(mission.id)
    db.session.refresh(mission)
    person_id = nomination.person_id
    known = snapshot.countries(ciphers_of({person_id}).get(person_id), nomination.credentials)
    if known is None:
        raise NotNow(N_("This person was erased. Nominate somebody else."))
    answer = credentials(actor, Wanted(Purpose.MISSIONS, person_ids=(person_id,)))
    own = {*known, *(country for person in answer.people for country in person.countries)}
    require_independent(mission.kind, mission.country, own)


def _place(mission: Mission, nomination: Nomination) -> None:
    """Take the days of a person for a mission that is held; the database refuses the second of two at once."""
    days = days_of(mission)
    if days is None:
        raise NotNow(
            N_(
                "Give the mission a phase in the country first: it has no days there to select somebody for."
            )
        )
    elsewhere = queries.placed_elsewhere([nomination.person_id], mission.id, days)
    for placed in elsewhere.values():
        raise Refused(
            N_(
                "This person is expected on another mission on some of these days: “%(mission)s”."
                " Select somebody else."
            ),
            field="state",
            mission=placed.title,
        )
    nomination.starts_on, nomination.ends_on = days.start, days.end


def _record(
    actor: Actor,
    action: str,
    nomination: Nomination,
    before: dict[str, object],
    name: str | None = None,
) -> None:
    record(
        actor,
        action,
        nomination,
        before=before,
        after=facts(nomination),
        about=nomination.person_id,
        label=name or queries.person_name(nomination.person_id),
    )
