"""Who an announcement is for, who has acknowledged it, and when the others are reminded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from kernel.errors import N_, NotNow, Refused


class State(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENT = "sent"
    EXPIRED = "expired"


STATE_LABELS: Final[Mapping[str, str]] = {
    State.DRAFT: N_("Draft announcement"),
    State.SCHEDULED: N_("To be sent"),
    State.SENT: N_("Sent to its audience"),
    State.EXPIRED: N_("No longer current"),
}


class Match(StrEnum):
    """How the conditions of an audience go together."""

    ALL = "all"
    ANY = "any"


MATCH_LABELS: Final[Mapping[str, str]] = {
    Match.ALL: N_("Whoever meets every condition"),
    Match.ANY: N_("Whoever meets at least one condition"),
}


class Function(StrEnum):
    """What people do at their organisation, as the directory keeps it."""

    HEAD = "head"
    FOCAL_POINT = "focal_point"
    IT = "it"
    TRAINING = "training"


FUNCTION_LABELS: Final[Mapping[str, str]] = {
    Function.HEAD: N_("Heads of their organisation"),
    Function.FOCAL_POINT: N_("Focal points and their deputies"),
    Function.IT: N_("Contacts for information technology"),
    Function.TRAINING: N_("Contacts for training"),
}


@dataclass(frozen=True)
class Audience:
    """Whom an announcement is for.

    Each kind of condition is met by any of what is named in it; `match` says whether all kinds that name
    something must be met, or one of them. `everybody` stands alone.
    """

    everybody: bool = False
    match: Match = Match.ALL
    functions: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    group_ids: tuple[UUID, ...] = ()
    organisation_ids: tuple[UUID, ...] = ()

    @property
    def names_anything(self) -> bool:
        """Whether it has a condition at all."""
        return bool(self.functions or self.regions or self.group_ids or self.organisation_ids)

    def as_data(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "everybody": self.everybody,
            "match": self.match.value,
            "functions": list(self.functions),
            "regions": list(self.regions),
            "group_ids": [str(each) for each in self.group_ids],
            "organisation_ids": [str(each) for each in self.organisation_ids],
        }


def audience_from(data: Mapping[str, Any]) -> Audience:
    """An audience as it was stored, or as the schema gives it."""
    return Audience(
        everybody=bool(data.get("everybody")),
        match=Match(data.get("match") or Match.ALL),
        functions=tuple(data.get("functions") or ()),
        regions=tuple(data.get("regions") or ()),
        group_ids=tuple(UUID(str(each)) for each in data.get("group_ids") or ()),
        organisation_ids=tuple(UUID(str(each)) for each in data.get("organisation_ids") or ()),
    )


def check_audience(audience: Audience) -> None:
    """Raises Refused for an audience that names nobody, or everybody and some."""
    if not audience.everybody and not audience.names_anything:
        raise Refused(
            N_("Say whom to tell: everybody, or at least one condition."), field="everybody"
        )
    if audience.everybody and audience.names_anything:
        raise Refused(
            N_(
                "Everybody includes all others: take the conditions away, or the mark at everybody."
            ),
            field="everybody",
        )


def check_only_group(audience: Audience, chaired: Iterable[UUID]) -> None:
    """Raises Refused for whom a chair may not tell: anybody but the members of her own groups."""
    own = set(chaired)
    rest = audience.everybody or audience.regions or audience.organisation_ids
    if rest or not audience.group_ids or not set(audience.group_ids) <= own:
        raise Refused(
            N_("Choose one of the groups you chair, and no other audience."), field="group_ids"
        )
    if audience.functions and audience.match is Match.ANY:
        raise Refused(
            N_("Choose one of the groups you chair, and no other audience."), field="functions"
        )


@dataclass(frozen=True)
class PersonFacts:
    """A person at an organisation she is with now, and what conditions ask about."""

    person_id: UUID
    organisation_id: UUID
    region: str | None = None
    functions: frozenset[str] = frozenset()
    group_ids: frozenset[UUID] = frozenset()


def meets(audience: Audience, facts: PersonFacts) -> bool:
    """Whether a person, at this organisation, is in the audience."""
    if audience.everybody:
        return True
    asked = [
        met
        for named, met in (
            (audience.functions, not facts.functions.isdisjoint(audience.functions)),
            (audience.regions, facts.region in audience.regions),
            (audience.group_ids, not facts.group_ids.isdisjoint(audience.group_ids)),
            (audience.organisation_ids, facts.organisation_id in audience.organisation_ids),
        )
        if named
    ]
    return bool(asked) and (all(asked) if audience.match is Match.ALL else any(asked))


def chosen(audience: Audience, people: Iterable[PersonFacts]) -> list[PersonFacts]:
    """Everybody in the audience, each once: with the organisation she speaks for, then the first."""
    found: dict[UUID, PersonFacts] = {}
    for facts in people:
        if meets(audience, facts):
            known = found.get(facts.person_id)
            if known is None or (_speaks(facts) and not _speaks(known)):
                found[facts.person_id] = facts
    return list(found.values())


def _speaks(facts: PersonFacts) -> bool:
    return Function.FOCAL_POINT in facts.functions


@dataclass(frozen=True)
class Told:
    """A recipient as counting sees her."""

    organisation_id: UUID
    is_focal: bool
    acknowledged: bool


@dataclass(frozen=True)
class Tally:
    """Who has acknowledged.

    An organisation counts by its focal point when the focal point or a deputy at the time of sending
    acknowledged, and by anybody when any recipient of it did. `organisations` are those with a recipient.
    """

    people: int = 0
    acknowledged: int = 0
    organisations: int = 0
    by_focal_point: int = 0
    by_anybody: int = 0


def tally(told: Sequence[Told]) -> Tally:
    """Count people and organisations."""
    confirmed = [each for each in told if each.acknowledged]
    return Tally(
        people=len(told),
        acknowledged=len(confirmed),
        organisations=len({each.organisation_id for each in told}),
        by_focal_point=len({each.organisation_id for each in confirmed if each.is_focal}),
        by_anybody=len({each.organisation_id for each in confirmed}),
    )


REMINDED_BEFORE: Final = timedelta(days=2)
REMINDED_EVERY: Final = timedelta(days=7)


def reminder_is_due(due_on: date, today: date, reminded_on: date | None) -> bool:
    """Whether who has not acknowledged is reminded today: two days before, on the day, then weekly."""
    if today < due_on - REMINDED_BEFORE:
        return False
    if reminded_on is None:
        return True
    if today <= due_on:
        return today == due_on and reminded_on < due_on
    return today - max(reminded_on, due_on) >= REMINDED_EVERY


@dataclass(frozen=True)
class Text:
    """What is told, in one language."""

    language: str
    title: str
    body: str


def text_for(language: str, texts: Sequence[Text]) -> Text:
    """The text in a reader's language, else the first; which it is tells its `language`."""
    return next((text for text in texts if text.language == language), texts[0])


@dataclass(frozen=True)
class Content:
    """All that is written of an announcement before it is sent."""

    texts: tuple[Text, ...]
    audience: Audience
    must_acknowledge: bool = False
    due_on: date | None = None
    expires_on: date | None = None


def check_content(content: Content, today: date) -> None:
    """Raises Refused for languages that come twice, and for days that cannot be kept."""
    languages = [text.language for text in content.texts]
    if len(set(languages)) < len(languages):
        raise Refused(
            N_("Choose another language: there is a text in this one."), field="language_2"
        )
    check_audience(content.audience)
    if content.must_acknowledge and content.due_on is None:
        raise Refused(N_("Enter the day until which it is to be acknowledged."), field="due_on")
    if content.due_on is not None and content.due_on < today:
        raise Refused(N_("Enter a day that is not over yet."), field="due_on")
    if content.expires_on is not None and content.expires_on < (content.due_on or today):
        raise Refused(
            N_("Enter a day that is not before today nor before the day to acknowledge it."),
            field="expires_on",
        )


def check_moment(moment: datetime, now: datetime) -> None:
    """Raises Refused for a moment that has passed."""
    if moment <= now:
        raise Refused(N_("Enter a time that is still to come."), field="send_time")


def check_draft(state: str) -> None:
    """Raises Refused for what is sent, or about to be."""
    if state != State.DRAFT:
        raise NotNow(N_("It is a draft no longer. Take it back before you change it."))


def check_scheduled(state: str) -> None:
    """Raises Refused for what is not waiting to be sent."""
    if state != State.SCHEDULED:
        raise NotNow(
            N_(
                "This announcement does not wait to be sent. Reload the page to see where it stands."
            )
        )


def check_acknowledgeable(state: str, must_acknowledge: bool) -> None:
    """Raises Refused for what nobody is asked to acknowledge."""
    if state != State.SENT or not must_acknowledge:
        raise NotNow(N_("This announcement asks nobody to acknowledge it: there is nothing to do."))
