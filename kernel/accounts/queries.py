"""Finding accounts, invitations, sessions and tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from kernel.accounts.models import Invitation, RecoveryCode, ResetRequest, TotpEnrolment
from kernel.db import db
from kernel.identity.affiliations import holds
from kernel.identity.models import (
    Account,
    Affiliation,
    ApiToken,
    Organisation,
    Person,
    RoleGrant,
    SignInSession,
)
from kernel.identity.permissions import KernelPermission, Reach, known_roles
from kernel.mail.queue import is_suspended
from kernel.values.sorting import sort_key


def account_by_address(address: str) -> Account | None:
    """The account of an address, compared in lower case."""
    return db.session.scalars(
        select(Account).where(Account.address == address.lower())
    ).one_or_none()


def account_and_person(address: str) -> tuple[Account, Person]:
    """The account of an address and whose it is; raises NoResultFound when there is none."""
    whose = and_(Person.tenant_id == Account.tenant_id, Person.id == Account.person_id)
    row = db.session.execute(
        select(Account, Person).join(Person, whose).where(Account.address == address.lower())
    ).one()
    return row.Account, row.Person


def account_by_id(account_id: UUID) -> Account | None:
    """An account."""
    return db.session.scalars(select(Account).where(Account.id == account_id)).one_or_none()


def person_by_id(person_id: UUID) -> Person:
    """A person; raises NoResultFound when there is none."""
    return db.session.scalars(select(Person).where(Person.id == person_id)).one()


def organisation_by_id(organisation_id: UUID) -> Organisation | None:
    """An organisation."""
    return db.session.scalars(
        select(Organisation).where(Organisation.id == organisation_id)
    ).one_or_none()


def sessions_of(account_id: UUID, now: datetime) -> Sequence[SignInSession]:
    """The browsers an account is signed in with, the latest first."""
    return db.session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.expires_at > now)
        .order_by(SignInSession.created_at.desc(), SignInSession.id.desc())
    ).all()


def tokens_of(account_id: UUID) -> Sequence[ApiToken]:
    """The API tokens of an account, the latest first."""
    return db.session.scalars(
        select(ApiToken)
        .where(ApiToken.account_id == account_id)
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
    ).all()


def enrolment_of(account_id: UUID) -> TotpEnrolment | None:
    """The second factor an account is setting up."""
    return db.session.scalars(
        select(TotpEnrolment).where(TotpEnrolment.account_id == account_id)
    ).one_or_none()


def recovery_codes_left(account_id: UUID) -> int:
    """How many recovery codes are unspent."""
    count = select(func.count()).where(RecoveryCode.account_id == account_id)
    return db.session.scalar(count) or 0


def reset_request(request_id: UUID) -> ResetRequest | None:
    """A wish for a new password that nobody has looked at yet."""
    return db.session.scalars(
        select(ResetRequest).where(ResetRequest.id == request_id)
    ).one_or_none()


def invitation_by_id(invitation_id: UUID) -> Invitation | None:
    """An invitation."""
    return db.session.scalars(
        select(Invitation).where(Invitation.id == invitation_id)
    ).one_or_none()


def invitation_by_digest(digest: bytes) -> Invitation | None:
    """The invitation of the secret in a link."""
    return db.session.scalars(select(Invitation).where(Invitation.digest == digest)).one_or_none()


def current_affiliation(
    person_id: UUID, organisation_id: UUID, now: datetime
) -> Affiliation | None:
    """The affiliation of a person to an organisation that holds now."""
    return db.session.scalars(
        select(Affiliation).where(
            Affiliation.person_id == person_id,
            Affiliation.organisation_id == organisation_id,
            holds(now),
        )
    ).first()


def affiliation_by_id(affiliation_id: UUID) -> Affiliation | None:
    """An affiliation, held or ended."""
    return db.session.scalars(
        select(Affiliation).where(Affiliation.id == affiliation_id)
    ).one_or_none()


def first_affiliation(person_id: UUID, now: datetime) -> Affiliation | None:
    """The oldest affiliation of a person that holds now."""
    return db.session.scalars(
        select(Affiliation)
        .where(
            Affiliation.person_id == person_id,
            holds(now),
        )
        .order_by(Affiliation.began_on, Affiliation.id)
    ).first()


def has_other_access(person_id: UUID, now: datetime) -> bool:
    """Whether anything but the ended affiliation lets a person in: another one, or a personal role."""
    affiliated = select(Affiliation.id).where(
        Affiliation.person_id == person_id,
        holds(now),
    )
    personal = select(RoleGrant.id).where(
        RoleGrant.person_id == person_id, RoleGrant.organisation_id.is_(None)
    )
    return bool(db.session.scalar(select(affiliated.exists() | personal.exists())))


def roles_in(person_id: UUID, organisation_id: UUID) -> set[str]:
    """The roles a person holds in an organisation."""
    return set(
        db.session.scalars(
            select(RoleGrant.role).where(
                RoleGrant.person_id == person_id, RoleGrant.organisation_id == organisation_id
            )
        )
    )


def grant_in(person_id: UUID, role: str, organisation_id: UUID) -> UUID:
    """The id of a role that a person holds in an organisation; raises NoResultFound."""
    return db.session.scalars(
        select(RoleGrant.id).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.organisation_id == organisation_id,
        )
    ).one()


class ColleagueState(StrEnum):
    """Where a person of an organisation stands."""

    ACTIVE = "active"
    INVITED = "invited"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Colleague:
    """A person of an organisation, or one invited to it, as its administrator sees her."""

    # None for who was invited: nothing tells whose the address is.
    person_id: UUID | None
    name: str
    job_title: str
    address: str | None
    roles: tuple[str, ...]
    state: ColleagueState
    since: datetime | None
    expires_at: datetime | None = None
    invitation_id: UUID | None = None
    affiliation_id: UUID | None = None
    mail_stopped: bool = False


def colleagues(organisation_id: UUID, now: datetime) -> list[Colleague]:
    """The people of an organisation in the order of their names, then open invitations to it."""
    return [*_affiliated(organisation_id, now), *_invited(organisation_id, now)]


@dataclass(frozen=True)
class ExpiredInvitations:
    """How many invitations to an organisation nobody accepted in time."""

    organisation_id: UUID
    organisation: str
    count: int


def expired_invitations(
    now: datetime, organisations: Sequence[UUID] | None, most: int
) -> list[ExpiredInvitations]:
    """The organisations with expired invitations, those expired last first; None asks for all."""
    statement = (
        select(Organisation.id, Organisation.name, func.count())
        .join(
            Invitation,
            and_(
                Invitation.tenant_id == Organisation.tenant_id,
                Invitation.organisation_id == Organisation.id,
            ),
        )
        .where(
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at <= now,
        )
        .group_by(Organisation.tenant_id, Organisation.id)
        .order_by(func.max(Invitation.expires_at).desc(), Organisation.id)
        .limit(most)
    )
    if organisations is not None:
        statement = statement.where(Organisation.id.in_(organisations))
    return [ExpiredInvitations(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True)
class MailStopped:
    """How many people of an organisation get no mail because it came back."""

    organisation_id: UUID
    organisation: str
    count: int


def mail_stopped(
    now: datetime, organisations: Sequence[UUID] | None, most: int
) -> list[MailStopped]:
    """The organisations with people whose mail is stopped; None asks for all."""
    statement = (
        select(Organisation.id, Organisation.name, func.count(Account.id.distinct()))
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .join(Account, Account.person_id == Affiliation.person_id)
        .where(
            is_suspended(Account.id),
            Account.disabled_at.is_(None),
            holds(now),
        )
        .group_by(Organisation.tenant_id, Organisation.id)
        .order_by(Organisation.id)
        .limit(most)
    )
    if organisations is not None:
        statement = statement.where(Organisation.id.in_(organisations))
    return [MailStopped(*row) for row in db.session.execute(statement)]


def admitters_of(person_id: UUID, now: datetime) -> list[UUID]:
    """Who admits people in the organisations a person is with now, herself left out."""
    admitting = [
        name
        for name, role in known_roles().items()
        if KernelPermission.PEOPLE_ADMIT in role.permissions and role.reach is Reach.ORGANISATION
    ]
    current = holds(now)
    hers = select(Affiliation.organisation_id).where(Affiliation.person_id == person_id, current)
    holder = aliased(Affiliation)
    statement = (
        select(RoleGrant.person_id)
        .distinct()
        .join(
            holder,
            and_(
                holder.person_id == RoleGrant.person_id,
                holder.organisation_id == RoleGrant.organisation_id,
            ),
        )
        .where(
            RoleGrant.role.in_(admitting),
            RoleGrant.organisation_id.in_(hers),
            RoleGrant.person_id != person_id,
            (holder.ended_at.is_(None)) | (holder.ended_at > now),
        )
    )
    return list(db.session.scalars(statement))


def _affiliated(organisation_id: UUID, now: datetime) -> list[Colleague]:
    roles = (
        select(func.array_agg(RoleGrant.role))
        .where(
            RoleGrant.tenant_id == Affiliation.tenant_id,
            RoleGrant.person_id == Affiliation.person_id,
            RoleGrant.organisation_id == Affiliation.organisation_id,
        )
        .correlate(Affiliation)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Affiliation,
            Person.name,
            Account.address,
            roles.label("roles"),
            is_suspended(Account.id).label("mail_stopped"),
        )
        .join(
            Person,
            and_(Person.tenant_id == Affiliation.tenant_id, Person.id == Affiliation.person_id),
        )
        .outerjoin(
            Account, and_(Account.tenant_id == Person.tenant_id, Account.person_id == Person.id)
        )
        .where(
            Affiliation.organisation_id == organisation_id,
            holds(now),
        )
        .order_by(Person.sort_key, Person.id)
    )
    return [
        Colleague(
            person_id=row.Affiliation.person_id,
            name=row.name,
            job_title=row.Affiliation.role,
            address=row.address,
            roles=tuple(sorted(row.roles or ())),
            state=ColleagueState.ACTIVE,
            since=None,
            affiliation_id=row.Affiliation.id,
            mail_stopped=row.mail_stopped,
        )
        for row in rows
    ]


def _invited(organisation_id: UUID, now: datetime) -> list[Colleague]:
    """Open invitations as they were typed: who is known at an address is hers to show, by accepting."""
    rows = db.session.scalars(
        select(Invitation).where(
            Invitation.organisation_id == organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
    )
    return [
        Colleague(
            person_id=None,
            name=row.name,
            job_title=row.job_title,
            address=row.address,
            roles=(row.role,),
            state=ColleagueState.INVITED if row.expires_at > now else ColleagueState.EXPIRED,
            since=row.created_at,
            expires_at=row.expires_at,
            invitation_id=row.id,
        )
        for row in sorted(rows, key=lambda row: (sort_key(row.name), row.id))
    ]
