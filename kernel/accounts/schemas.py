"""What the forms and JSON bodies of accounts carry."""

from enum import StrEnum

from kernel.errors import N_
from kernel.fields import (
    Choice,
    Choices,
    Email,
    Integer,
    Language,
    Password,
    Schema,
    Text,
    TimeZone,
)


class Theme(StrEnum):
    """How pages are coloured; `auto` follows the device."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


THEMES = {Theme.AUTO: N_("As the device has it"), Theme.LIGHT: N_("Light"), Theme.DARK: N_("Dark")}


def _new_password(label: str) -> Password:
    return Password(
        label=label,
        hint=N_("At least 12 characters. Several words you remember are better than few signs."),
        autocomplete="new-password",
        required=True,
    )


def _code(label: str, hint: str) -> Text:
    return Text(
        label=label,
        hint=hint,
        required=True,
        max_length=40,
        attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"},
    )


class SignInSchema(Schema):
    """Address and password."""

    address = Email(label=N_("Mail address"), required=True, attrs={"autocomplete": "username"})
    password = Password(label=N_("Password"), required=True)


class CodeSchema(Schema):
    """A code of the second factor."""

    code = _code(
        N_("Code"), N_("The six digits your app shows now, or one of your recovery codes.")
    )


class FirstCodeSchema(Schema):
    """The code that proves a new second factor."""

    code = _code(N_("Code"), N_("The six digits your app shows now."))


class AddressSchema(Schema):
    """Whose password to reset."""

    address = Email(label=N_("Mail address"), required=True)


class NewPasswordSchema(Schema):
    """A password, for a reset."""

    password = _new_password(N_("New password"))


class ChangePasswordSchema(Schema):
    """The present and a new password."""

    current = Password(label=N_("Present password"), required=True)
    password = _new_password(N_("New password"))


class ChangeAddressSchema(Schema):
    """A new address, and the password as proof."""

    address = Email(label=N_("New mail address"), required=True)
    password = Password(label=N_("Password"), required=True)


class PasswordSchema(Schema):
    """The password as proof."""

    password = Password(label=N_("Password"), required=True)


class WelcomeSchema(Schema):
    """What somebody new says when she accepts an invitation."""

    name = Text(
        label=N_("Your name"),
        hint=N_("As colleagues should see it."),
        required=True,
        attrs={"autocomplete": "name"},
    )
    password = _new_password(N_("Password"))


class ProfileSchema(Schema):
    """A person's own details; what is left empty is as the network has it."""

    name = Text(label=N_("Name"), required=True, attrs={"autocomplete": "name"})
    language = Language(label=N_("Language"), hint=N_("Of pages and of mails to you."))
    time_zone = TimeZone(label=N_("Time zone"), hint=N_("Times are shown in it."))
    theme = Choice(Theme, labels=THEMES, label=N_("Theme"), load_default=Theme.AUTO)


class PreferencesSchema(Schema):
    """One press in the menu: a language or a theme."""

    language = Language(label=N_("Language"))
    theme = Choice(Theme, labels=THEMES, label=N_("Theme"))


class TokenSchema(Schema):
    """A new API token."""

    name = Text(
        label=N_("Name"),
        hint=N_("What it is for, so that you know it later."),
        required=True,
        max_length=80,
    )
    days = Integer(
        label=N_("Days it works"), hint=N_("From 1 to 365."), min=1, max=365, required=True
    )
    scopes = Choices(label=N_("What it may do"), required=True)


class InvitationSchema(Schema):
    """Somebody to invite into an organisation."""

    name = Text(label=N_("Name"), required=True)
    address = Email(label=N_("Mail address"), required=True)
    job_title = Text(label=N_("Job title"), max_length=120)
    role = Choice(label=N_("Role"), hint=N_("What the person may do here."), required=True)


class JobTitleSchema(Schema):
    """What somebody does at an organisation."""

    job_title = Text(
        label=N_("Job title"),
        hint=N_("Everybody in the network sees it beside the name of the organisation."),
        max_length=120,
    )
