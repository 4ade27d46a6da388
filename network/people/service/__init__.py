"""What is done with people: reading one, saying something of oneself, functions, being found."""

from network.people.service.findable import KIND as PERSON
from network.people.service.findable import make_findable, make_people_findable
from network.people.service.profile import audiences_of, change_profile, forget, own_profile
from network.people.service.seen import PersonSeen, seen

__all__ = [
    "PERSON",
    "PersonSeen",
    "audiences_of",
    "change_profile",
    "forget",
    "make_findable",
    "make_people_findable",
    "own_profile",
    "seen",
]
