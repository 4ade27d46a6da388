"""Who is known at a mail address though she has no account: a participant somebody put on a list.

Asked when an address is invited, so that the account is hers and she finds her own record; answered by
whoever keeps addresses of people without accounts.
"""

from typing import Protocol
from uuid import UUID


class KnownPeopleProvider(Protocol):
    """Answers for the people of one feature."""

    def __call__(self, address: str) -> UUID | None:
        """The person known at an address, in lower case, who has no account; None when nobody is."""


_providers: list[KnownPeopleProvider] = []


def register_known_people(provider: KnownPeopleProvider) -> None:
    """Ask this feature too. Of several that know somebody, the first registered counts."""
    if provider not in _providers:
        _providers.append(provider)


def known_person(address: str) -> UUID | None:
    """The person without an account who is known at a mail address, if any feature knows one."""
    lower = address.lower()
    return next((found for ask in _providers if (found := ask(lower)) is not None), None)
