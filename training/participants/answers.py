"""What participants know that others ask: who somebody is by her mail address."""

from uuid import UUID

from training.participants import queries


def known_person(address: str) -> UUID | None:
    """The latest participant of an address, unless she has an account: nobody is given two."""
    return queries.person_without_account_at(address)
