"""The forms and JSON bodies of announcements, and what the API answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from kernel.errors import N_, Refused
from kernel.fields import (
    Boolean,
    Choice,
    Choices,
    Date,
    DateTime,
    Identifier,
    Integer,
    Language,
    ListOf,
    LongText,
    Nested,
    Schema,
    Text,
    Time,
)
from network.announcements import rules
from network.announcements.rules import FUNCTION_LABELS, MATCH_LABELS, Function, Match, State

LANGUAGES: Final = 3
"""A text can be written in so many."""
LONGEST: Final = 20_000


class AnnouncementInput(Schema):
    """An announcement in up to three languages, and whom it is for."""

    language_1 = Language(label=N_("Language"), required=True)
    title_1 = Text(label=N_("Title"), required=True, max_length=200)
    body_1 = LongText(
        label=N_("Text"),
        hint=N_("Read by everybody whose language has no text of its own. Markdown works."),
        required=True,
        max_length=LONGEST,
    )
    language_2 = Language(label=N_("Second language"))
    title_2 = Text(label=N_("Title in the second language"), max_length=200)
    body_2 = LongText(label=N_("Text in the second language"), max_length=LONGEST)
    language_3 = Language(label=N_("Third language"))
    title_3 = Text(label=N_("Title in the third language"), max_length=200)
    body_3 = LongText(label=N_("Text in the third language"), max_length=LONGEST)
    everybody = Boolean(label=N_("Everybody in the network"))
    functions = Choices(Function, labels=FUNCTION_LABELS, label=N_("By function"))
    regions = Choices(label=N_("By region"))
    group_ids = Choices(label=N_("By group"), hint=N_("Its members; guests are not told."))
    organisation_ids = Choices(label=N_("By organisation"))
    match = Choice(
        Match,
        labels=MATCH_LABELS,
        label=N_("Where you chose more than one condition"),
        hint=N_("Of one condition, any of what you choose is enough: of two regions, either."),
        widget="radios",
        required=True,
    )
    must_acknowledge = Boolean(
        label=N_("Everybody is to acknowledge it"),
        hint=N_("Counted for each organisation; who has not is reminded."),
    )
    due_on = Date(label=N_("Until the end of this day"))
    expires_on = Date(
        label=N_("Current until"), hint=N_("Afterwards it can be read, and stands last.")
    )


def content_of(data: Mapping[str, Any]) -> rules.Content:
    """What was entered, as the rules read it. Raises Refused for a text that lacks a part."""
    texts = []
    for number in range(1, LANGUAGES + 1):
        parts = {name: data.get(f"{name}_{number}") for name in ("language", "title", "body")}
        missing = [name for name, value in parts.items() if not value]
        if {"title", "body"} <= set(missing):
            continue  # a language alone says nothing
        if missing:
            raise Refused(
                N_("Fill in language, title and text, or none of the three."),
                field=f"{missing[0]}_{number}",
            )
        texts.append(rules.Text(**{name: str(value) for name, value in parts.items()}))
    for field in ("group_ids", "organisation_ids"):
        _check_ids(field, data.get(field) or ())
    return rules.Content(
        texts=tuple(texts),
        audience=rules.audience_from(data),
        must_acknowledge=bool(data.get("must_acknowledge")),
        due_on=data.get("due_on"),
        expires_on=data.get("expires_on"),
    )


def _check_ids(field: str, chosen: Iterable[object]) -> None:
    """A page offers what there is; a program may send anything."""
    for each in chosen:
        try:
            UUID(str(each))
        except ValueError:
            raise Refused(N_("Choose one of the options."), field=field) from None


def values_of(seen: Any) -> dict[str, Any]:
    """A stored announcement as the form shows it."""
    announcement = seen.announcement
    values: dict[str, Any] = dict(announcement.audience)
    for number, text in enumerate(seen.texts, start=1):
        values |= {
            f"language_{number}": text.language,
            f"title_{number}": text.title,
            f"body_{number}": text.body,
        }
    for name in ("must_acknowledge", "due_on", "expires_on"):
        values[name] = getattr(announcement, name)
    return values


class SendInput(Schema):
    """When an announcement is sent: at once, or at a local time of the network."""

    send_on = Date(label=N_("Day"), hint=N_("Leave day and time empty to send it now."))
    send_time = Time(label=N_("Time"))


def moment_of(data: Mapping[str, Any], zone: str) -> datetime | None:
    """The moment that was entered, None for now. Raises Refused for half of one."""
    day, time = data.get("send_on"), data.get("send_time")
    if day is None and time is None:
        return None
    if day is None or time is None:
        raise Refused(
            N_("Enter day and time, or neither to send it now."),
            field="send_on" if day is None else "send_time",
        )
    return datetime.combine(day, time, ZoneInfo(zone))


class PageQuery(Schema):
    """Which page of a list."""

    page = Integer(label=N_("Page"), min=1, max=10_000, load_default=1)


class TextOutput(Schema):
    """A text in one language."""

    language = Text()
    title = Text()
    body = Text()


class AudienceOutput(Schema):
    """Whom an announcement is for."""

    everybody = Boolean()
    match = Text()
    functions = ListOf(Text())
    regions = ListOf(Text())
    group_ids = ListOf(Identifier())
    organisation_ids = ListOf(Identifier())


class AnnouncementOutput(Schema):
    """An announcement; the first text is for readers of a language that has none."""

    id = Identifier()
    state = Choice(State, labels=rules.STATE_LABELS)
    texts = ListOf(Nested(TextOutput))
    author = Text()
    must_acknowledge = Boolean()
    due_on = Date()
    expires_on = Date()
    scheduled_for = DateTime()
    sent_at = DateTime()
    time_zone = Text()
    acknowledged_at = DateTime()
    version = Integer()


class KeptOutput(AnnouncementOutput):
    """An announcement as its author reads it: with whom it is for."""

    audience = Nested(AudienceOutput)


class ListedOutput(AnnouncementOutput):
    """An announcement in a list; `to_acknowledge` waits for the reader."""

    to_acknowledge = Boolean()

    class Meta(Schema.Meta):
        """What differs from one alone."""

        exclude = ("acknowledged_at",)


class ListOutput(Schema):
    """A page of announcements."""

    items = ListOf(Nested(ListedOutput))
    total = Integer()
    page = Integer()


class ReachedOutput(Schema):
    """How many people of an organisation would be told."""

    organisation_id = Identifier()
    organisation = Text()
    people = ListOf(Text())


class ReachOutput(Schema):
    """Whom an announcement would reach now."""

    people = Integer()
    organisations = ListOf(Nested(ReachedOutput))


class TallyOutput(Schema):
    """Who has acknowledged.

    Of `organisations`, those `by_focal_point` have the acknowledgement of their focal point or a deputy
    at the time of sending, those `by_anybody` that of any recipient.
    """

    people = Integer()
    acknowledged = Integer()
    organisations = Integer()
    by_focal_point = Integer()
    by_anybody = Integer()


class RecipientOutput(Schema):
    """Somebody who was told."""

    person_id = Identifier()
    name = Text()
    organisation_id = Identifier()
    organisation = Text()
    is_focal = Boolean()
    acknowledged_at = DateTime()
