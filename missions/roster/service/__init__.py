"""The verbs of a mission's team: finding, nominating, selecting people, and keeping up with its dates."""

from missions.roster.service.consents import follow_consent
from missions.roster.service.dates import follow_new_dates, release
from missions.roster.service.erasing import erase
from missions.roster.service.nominations import (
    facts,
    nominate,
    nomination_for_edit,
    put_back,
    remove,
    take_step,
)
from missions.roster.service.team import (
    Candidate,
    Found,
    Nominated,
    Search,
    Team,
    find_people,
    mission_for_edit,
    team_of,
)

__all__ = [
    "Candidate",
    "Found",
    "Nominated",
    "Search",
    "Team",
    "erase",
    "facts",
    "find_people",
    "follow_consent",
    "follow_new_dates",
    "mission_for_edit",
    "nominate",
    "nomination_for_edit",
    "put_back",
    "release",
    "remove",
    "take_step",
    "team_of",
]
