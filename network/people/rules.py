"""Who sees what of a person, how well languages are known, and which functions there are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from kernel.errors import N_, Refused


class Field(StrEnum):
    """What of a person has an audience of its own; her name and organisation are the network's."""

    POSITION = "position"
    LANGUAGES = "languages"
    EXPERTISE = "expertise"
    ABOUT = "about"
    GROUPS = "groups"
    PHONE = "phone"
    ADDRESS = "address"


class Audience(StrEnum):
    """Who may see a field, the widest first; each takes in those after it."""

    NETWORK = "network"
    GROUPS = "groups"
    ORGANISATION = "organisation"
    NOBODY = "nobody"


class Level(StrEnum):
    """How well a language is known."""

    NATIVE = "native"
    FLUENT = "fluent"
    WORKING = "working"
    BASIC = "basic"


class Function(StrEnum):
    """What somebody answers for at an election management body."""

    HEAD = "head"
    FOCAL_POINT = "focal_point"
    IT = "it"
    TRAINING = "training"


FIELD_LABELS: Final[Mapping[str, str]] = {
    Field.POSITION: N_("Role"),
    Field.LANGUAGES: N_("Languages"),
    Field.EXPERTISE: N_("Expertise"),
    Field.ABOUT: N_("About me"),
    Field.GROUPS: N_("Groups"),
    Field.PHONE: N_("Telephone"),
    Field.ADDRESS: N_("Mail address"),
}
AUDIENCE_LABELS: Final[Mapping[str, str]] = {
    Audience.NETWORK: N_("Everybody in the network"),
    Audience.GROUPS: N_("People in my groups, and my organisation"),
    Audience.ORGANISATION: N_("My organisation"),
    Audience.NOBODY: N_("Nobody but me"),
}
LEVEL_LABELS: Final[Mapping[str, str]] = {
    Level.NATIVE: N_("First language"),
    Level.FLUENT: N_("Fluent"),
    Level.WORKING: N_("Working knowledge"),
    Level.BASIC: N_("Some"),
}
FUNCTION_LABELS: Final[Mapping[str, str]] = {
    Function.HEAD: N_("Head of the organisation"),
    Function.FOCAL_POINT: N_("Focal point"),
    Function.IT: N_("Information technology"),
    Function.TRAINING: N_("Training"),
}
DEPUTY_LABELS: Final[Mapping[str, str]] = {
    Function.HEAD: N_("Deputy head of the organisation"),
    Function.FOCAL_POINT: N_("Deputy focal point"),
    Function.IT: N_("Deputy for information technology"),
    Function.TRAINING: N_("Deputy for training"),
}
DEFAULT_AUDIENCES: Final[Mapping[Field, Audience]] = {
    Field.POSITION: Audience.NETWORK,
    Field.LANGUAGES: Audience.NETWORK,
    Field.EXPERTISE: Audience.NETWORK,
    Field.ABOUT: Audience.NETWORK,
    Field.GROUPS: Audience.NETWORK,
    Field.PHONE: Audience.ORGANISATION,
    Field.ADDRESS: Audience.ORGANISATION,
}


@dataclass(frozen=True)
class Seat:
    """A function at an organisation, or deputising for who holds it; each is held by one person at most."""

    function: Function
    deputy: bool = False

    @property
    def key(self) -> str:
        """Its name in forms, in JSON and in the trail."""
        return f"{self.function}_deputy" if self.deputy else str(self.function)

    @property
    def label(self) -> str:
        """What it is called, in English."""
        return (DEPUTY_LABELS if self.deputy else FUNCTION_LABELS)[self.function]


SEATS: Final = tuple(Seat(function, deputy) for function in Function for deputy in (False, True))


def check_seats(chosen: Mapping[Seat, UUID | None], colleagues: Collection[UUID]) -> None:
    """Raises Refused for somebody who does not work there, and for a holder who is her own deputy."""
    for seat, person_id in chosen.items():
        if person_id is not None and person_id not in colleagues:
            raise Refused(
                N_("Choose somebody who works for this organisation now."), field=seat.key
            )
        if seat.deputy and person_id is not None and person_id == chosen[Seat(seat.function)]:
            raise Refused(
                N_("Choose another deputy: this person holds the function already."), field=seat.key
            )


@dataclass(frozen=True)
class ReaderFacts:
    """How a reader stands to a person; `former` says that the person belongs to no member now."""

    is_self: bool = False
    shares_organisation: bool = False
    shares_group: bool = False
    former: bool = False

    @classmethod
    def of(cls, audience: Audience) -> "ReaderFacts":
        """Somebody of an audience and of none that is narrower."""
        return cls(
            is_self=audience is Audience.NOBODY,
            shares_organisation=audience is Audience.ORGANISATION,
            shares_group=audience is Audience.GROUPS,
        )

    def is_among(self, audience: Audience) -> bool:
        """Whether the reader belongs to an audience."""
        match audience:
            case Audience.NETWORK:
                return True
            case Audience.GROUPS:
                return self.shares_group or self.shares_organisation
            case Audience.ORGANISATION:
                return self.shares_organisation
            case Audience.NOBODY:
                return False


def audience_of(field: Field, chosen: Mapping[str, str]) -> Audience:
    """Who may see a field: whom its owner chose, else whom everybody starts with."""
    return Audience(chosen.get(field, DEFAULT_AUDIENCES[field]))


def visible_fields(reader: ReaderFacts, chosen: Mapping[str, str]) -> frozenset[Field]:
    """The fields of a person that a reader may see, on every page, in every list, file and answer.

    She sees all of her own. Of somebody who left nobody sees any: her name and what she wrote stay.
    """
    if reader.is_self:
        return frozenset(Field)
    if reader.former:
        return frozenset()
    return frozenset(field for field in Field if reader.is_among(audience_of(field, chosen)))


MOST_LANGUAGES: Final = 6
"""How many languages a person says she knows."""


def check_languages(levels: Iterable[tuple[str | None, Level | None]]) -> dict[str, Level]:
    """Languages with their levels by code, without the rows left empty.

    Raises Refused for a language without a level, a level without a language, one named twice, and more
    than `MOST_LANGUAGES`.
    """
    found: dict[str, Level] = {}
    for number, (code, level) in enumerate(levels, 1):
        if code is None and level is None:
            continue
        if code is None:
            raise Refused(N_("Choose the language this level is of."), field=f"language_{number}")
        if level is None:
            raise Refused(N_("Choose how well you know this language."), field=f"level_{number}")
        if code in found:
            raise Refused(
                N_("This language is named twice. Name it once."), field=f"language_{number}"
            )
        found[code] = level
    if len(found) > MOST_LANGUAGES:
        raise Refused(
            N_("Name %(most)s languages at most."), field="languages", most=MOST_LANGUAGES
        )
    return found
