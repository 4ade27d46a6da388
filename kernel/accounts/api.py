"""The JSON API of accounts: who I am, my tokens, invitations."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from kernel.accounts import queries
from kernel.accounts.queries import ColleagueState
from kernel.accounts.schemas import InvitationSchema, JobTitleSchema, ProfileSchema
from kernel.accounts.services import colleagues, invitations, profile, tokens
from kernel.errors import N_
from kernel.fields import (
    Choice,
    Choices,
    DateTime,
    Email,
    Identifier,
    Language,
    Schema,
    Text,
    TimeZone,
)
from kernel.identity.permissions import KernelPermission
from kernel.web import SIGNED_IN, Api, actor, expected_version, version_header

if TYPE_CHECKING:
    from kernel.accounts.models import Invitation

api = Api("accounts", __name__, url_prefix="", description="One's own account; invitations.")


class MeSchema(Schema):
    """The person a token belongs to."""

    person_id = Identifier(label=N_("Person"))
    name = Text(label=N_("Name"))
    address = Email(label=N_("Mail address"))
    language = Language(label=N_("Language"))
    time_zone = TimeZone(label=N_("Time zone"))
    theme = Text(label=N_("Theme"))
    organisation_ids = Choices(label=N_("Organisations"))
    permissions = Choices(label=N_("Permissions of this token"))


class TokenView(Schema):
    """An API token, without its secret."""

    id = Identifier(label=N_("Token"))
    name = Text(label=N_("Name"))
    scopes = Choices(label=N_("What it may do"))
    created_at = DateTime(label=N_("Made on"))
    expires_at = DateTime(label=N_("Works until"))


class InvitationView(Schema):
    """An invitation that was not accepted yet."""

    id = Identifier(label=N_("Invitation"))
    name = Text(label=N_("Name"))
    address = Email(label=N_("Mail address"))
    job_title = Text(label=N_("Job title"))
    role = Text(label=N_("Role"))
    state = Choice(ColleagueState, label=N_("State"))
    expires_at = DateTime(label=N_("Can be accepted until"))


Me = tuple[dict[str, Any], dict[str, str]]


@api.endpoint("/me", permission=SIGNED_IN)
@api.response(200, MeSchema)
def me() -> Me:
    """Who the token acts for, and what it may do; its ETag is the version to change the details from."""
    return _me()


@api.endpoint("/me", permission=SIGNED_IN, method="PUT")
@api.arguments(ProfileSchema)
@api.response(200, MeSchema)
def put_me(data: dict[str, Any]) -> Me:
    """Change one's own name, language, time zone and theme; needs If-Match."""
    profile.change_profile(actor(), **data, version=expected_version())
    return _me()


def _me() -> Me:
    person, account = profile.profile_of(actor())
    found = {
        "person_id": person.id,
        "name": person.name,
        "address": account.address,
        "language": person.language,
        "time_zone": person.time_zone,
        "theme": account.theme,
        "organisation_ids": [str(one) for one in actor().organisation_ids],
        "permissions": sorted(actor().permissions),
    }
    return found, version_header(person.version)


@api.endpoint("/me/tokens", permission=SIGNED_IN)
@api.response(200, TokenView(many=True))
def my_tokens() -> Any:
    """One's own tokens, the latest first."""
    return queries.tokens_of(actor().account_id)


@api.endpoint("/me/tokens/<uuid:token_id>", permission=SIGNED_IN, method="DELETE")
@api.response(204)
def revoke_token(token_id: UUID) -> None:
    """End one of one's own tokens at once."""
    tokens.revoke(actor(), token_id)


@api.endpoint(
    "/organisations/<uuid:organisation_id>/invitations", permission=KernelPermission.PEOPLE_ADMIT
)
@api.response(200, InvitationView(many=True))
def list_invitations(organisation_id: UUID) -> list[dict[str, Any]]:
    """Open and expired invitations into an organisation."""
    _organisation, listed = colleagues.colleagues_of(actor(), organisation_id)
    return [
        {
            "id": one.invitation_id,
            "name": one.name,
            "address": one.address,
            "job_title": one.job_title,
            "role": one.roles[0],
            "state": one.state,
            "expires_at": one.expires_at,
        }
        for one in listed
        if one.invitation_id is not None
    ]


@api.endpoint(
    "/organisations/<uuid:organisation_id>/invitations",
    permission=KernelPermission.PEOPLE_ADMIT,
    method="POST",
)
@api.arguments(InvitationSchema)
@api.response(201, InvitationView)
def send_invitation(data: dict[str, Any], organisation_id: UUID) -> dict[str, Any]:
    """Invite somebody into an organisation by mail."""
    given = {name: value or "" for name, value in data.items()}
    return _as_sent(invitations.invite(actor(), organisation_id, **given))


@api.endpoint(
    "/invitations/<uuid:invitation_id>/resend",
    permission=KernelPermission.PEOPLE_ADMIT,
    method="POST",
)
@api.response(201, InvitationView)
def resend_invitation(invitation_id: UUID) -> dict[str, Any]:
    """Send an invitation again as a new one; the link of the earlier one works no more."""
    return _as_sent(invitations.resend(actor(), invitation_id))


def _as_sent(made: "Invitation") -> dict[str, Any]:
    names = ("id", "name", "address", "job_title", "role", "expires_at")
    sent = {name: getattr(made, name) for name in names}
    return {**sent, "state": ColleagueState.INVITED}


@api.endpoint(
    "/invitations/<uuid:invitation_id>", permission=KernelPermission.PEOPLE_ADMIT, method="DELETE"
)
@api.response(204)
def revoke_invitation(invitation_id: UUID) -> None:
    """Take an invitation back."""
    invitations.revoke(actor(), invitation_id)


class ColleagueView(Schema):
    """Somebody of an organisation, as who looks after it sees her."""

    affiliation_id = Identifier(label=N_("Affiliation"))
    person_id = Identifier(label=N_("Person"))
    name = Text(label=N_("Name"))
    address = Email(label=N_("Mail address"))
    job_title = Text(label=N_("Job title"))
    roles = Choices(label=N_("Roles"))


class AffiliationView(Schema):
    """Somebody's place in an organisation."""

    id = Identifier(label=N_("Affiliation"))
    person_id = Identifier(label=N_("Person"))
    organisation_id = Identifier(label=N_("Organisation"))
    job_title = Text(label=N_("Job title"), attribute="role")


@api.endpoint(
    "/organisations/<uuid:organisation_id>/people", permission=KernelPermission.PEOPLE_ADMIT
)
@api.response(200, ColleagueView(many=True))
def list_colleagues(organisation_id: UUID) -> list[queries.Colleague]:
    """The people of an organisation you look after; invitations are listed beside."""
    _organisation, listed = colleagues.colleagues_of(actor(), organisation_id)
    return [one for one in listed if one.affiliation_id is not None]


@api.endpoint("/affiliations/<uuid:affiliation_id>", permission=KernelPermission.PEOPLE_ADMIT)
@api.response(200, AffiliationView)
def get_affiliation(affiliation_id: UUID) -> tuple[object, dict[str, str]]:
    """Somebody's place in an organisation; its ETag is the version to change it from."""
    found = colleagues.affiliation_for_change(actor(), affiliation_id)
    return found, version_header(found.version)


@api.endpoint(
    "/affiliations/<uuid:affiliation_id>", permission=KernelPermission.PEOPLE_ADMIT, method="PUT"
)
@api.arguments(JobTitleSchema)
@api.response(200, AffiliationView)
def put_affiliation(data: dict[str, Any], affiliation_id: UUID) -> tuple[object, dict[str, str]]:
    """Say what somebody does at an organisation; needs If-Match."""
    changed = colleagues.change_job_title(
        actor(), affiliation_id, version=expected_version(), **data
    )
    return changed, version_header(changed.version)


@api.endpoint(
    "/affiliations/<uuid:affiliation_id>", permission=KernelPermission.PEOPLE_ADMIT, method="DELETE"
)
@api.response(204)
def end_affiliation(affiliation_id: UUID) -> None:
    """End somebody's place in an organisation, and with it her access."""
    colleagues.end_affiliation(actor(), affiliation_id)
