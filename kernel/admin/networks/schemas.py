"""What a network is described by."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from kernel.errors import N_
from kernel.fields import Choice, Choices, Email, Schema, Text, TimeZone
from kernel.tenancy.modules import Module
from kernel.web.languages import NAMES


class Offered(StrEnum):
    """The languages the product speaks."""

    EN = "en"
    FR = "fr"
    AR = "ar"


LABELS = {Offered(code): name for code, name in NAMES.items()}


class Switch(StrEnum):
    """The modules a network can do without."""

    MISSIONS = Module.MISSIONS.value
    TRAINING = Module.TRAINING.value


SWITCHES = {Switch.MISSIONS: N_("Missions"), Switch.TRAINING: N_("Training")}


class Formed(Text):
    """One line of a fixed form; `wrong` says, marked with `N_`, what to enter instead."""

    def __init__(self, pattern: str, wrong: str, **options: Any) -> None:
        super().__init__(error_messages={"form": wrong}, **options)
        self.pattern = pattern

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not re.fullmatch(self.pattern, text):
            raise self.make_error("form")
        return text


def _switches() -> Choices:
    return Choices(
        Switch,
        labels=SWITCHES,
        label=N_("Modules switched on"),
        hint=N_(
            "The pages of a module that is off cannot be opened by anybody. What was entered there is"
            " kept. The network’s own pages are always on."
        ),
    )


class Switches(Schema):
    """Which modules a network has."""

    modules = _switches()


class NetworkSettings(Schema):
    """What its administrators may change themselves."""

    name = Text(label=N_("Name of the network"), required=True, max_length=120)
    language = Choice(
        Offered,
        labels=LABELS,
        label=N_("Main language"),
        hint=N_("Used where nobody chose another one."),
        required=True,
    )
    languages = Choices(Offered, labels=LABELS, label=N_("Languages offered"))
    time_zone = TimeZone(label=N_("Time zone"), required=True)
    brand_colour = Text(
        label=N_("Brand colour"),
        hint=N_("Six hexadecimal digits, for example #0b5563. White text must be readable on it."),
        required=True,
        max_length=7,
    )
    modules = _switches()


class NewNetwork(NetworkSettings):
    """What the operator gives to create one."""

    slug = Formed(
        r"[a-z][a-z0-9-]{1,30}",
        N_("Use 2 to 31 small letters, digits and hyphens, beginning with a letter."),
        label=N_("Short name"),
        required=True,
    )
    host = Formed(
        r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
        N_("Enter a host name such as cen.example.org, without port."),
        label=N_("Host name"),
        required=True,
    )
    administrator_name = Text(label=N_("Administrator’s name"), required=True)
    administrator_address = Email(label=N_("Administrator’s mail address"), required=True)
