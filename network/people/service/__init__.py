"""What is done with people: reading one, saying something of oneself, functions, being found."""

from network.people.service.findable import KIND as PERSON
from network.people.service.findable import make_findable, make_people_findable
from network.people.service.functions import (
    FOCAL_POINT,
    change_functions,
    end_functions,
    follow_all_focal_points,
    follow_focal_points,
    functions_for_change,
    holders_at,
    seats_listed,
)
from network.people.service.profile import audiences_of, change_profile, forget, own_profile
from network.people.service.seen import PersonSeen, seen

__all__ = [
    "FOCAL_POINT",
    "PERSON",
    "PersonSeen",
    "audiences_of",
    "change_functions",
    "change_profile",
    "end_functions",
    "follow_all_focal_points",
    "follow_focal_points",
    "forget",
    "functions_for_change",
    "holders_at",
    "make_findable",
    "make_people_findable",
    "own_profile",
    "seats_listed",
    "seen",
]
