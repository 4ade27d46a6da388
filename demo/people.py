"""Brings the 56 members and the people of the cast into the network.

Each person comes in as anybody does: invited by somebody who may, and accepting the invitation.
"""

import secrets
from uuid import UUID

import pyotp
from sqlalchemy import select

from demo.cast import (
    ADMINISTRATOR,
    FICTIONAL,
    NETWORK_LANGUAGE,
    PASSWORD,
    PEOPLE,
    SECRETARIAT,
    WITH_SECOND_FACTOR,
    DemoPerson,
)
from demo.network_members import load_members
from demo.world import World
from kernel.accounts import links
from kernel.accounts.links import Purpose
from kernel.accounts.models import Invitation
from kernel.accounts.rules import INVITATION_LIFE
from kernel.accounts.services import accepting, invitations, profile, second_factor
from kernel.db import db
from kernel.identity.models import Account, Organisation
from kernel.values import clock
from kernel.web.visitors import digest


def load(world: World) -> None:
    """Import the members, let everybody accept an invitation, give one a second factor."""
    _open_administrator(world)
    with world.acting(ADMINISTRATOR.key) as actor:
        load_members(actor)
    for person in PEOPLE:
        admit(world, person)


def admit(world: World, person: DemoPerson) -> None:
    """Let somebody be invited and accept: whoever an organiser knew by her address stays that person."""
    with world.acting(person.invited_by) as actor:
        invitation = invitations.invite(
            actor,
            _place(person.place),
            name=person.name,
            address=person.address,
            role=person.role,
            job_title=_title(person),
        )
        account = db.session.get_one(Account, (world.tenant_id, invitation.account_id))
        accept(world, person, account, invitation)
    if person.language != NETWORK_LANGUAGE:
        with world.acting(person.key) as actor:
            profile.change_preferences(actor, language=person.language)


def accept(world: World, person: DemoPerson, account: Account, invitation: Invitation) -> None:
    """Follow an invitation's link. Only the mail knows the link, so it gets a new one."""
    secret = secrets.token_urlsafe(32)
    invitation.digest = digest(secret)
    db.session.flush()
    token = links.sign(Purpose.INVITATION, account, INVITATION_LIFE, value=secret)
    accepting.accept(token, name=person.name, password=PASSWORD)
    world.people[person.key] = account.person_id


def enrol_second_factor(world: World) -> str:
    """Let one of the people set up two-step sign-in; returns the secret of her app."""
    with world.acting(WITH_SECOND_FACTOR) as actor:
        second_factor.start(actor, PASSWORD)
        secret = second_factor.pending(actor).secret
        second_factor.confirm(actor, pyotp.TOTP(secret).at(clock.now()))
    return secret


def _open_administrator(world: World) -> None:
    """The network was made with her account; the operator's invitation is all she needs."""
    with world.inside():
        account = db.session.scalars(select(Account)).one()
        invitation = Invitation(
            account_id=account.id,
            organisation_id=_place(SECRETARIAT),
            name=ADMINISTRATOR.name,
            address=ADMINISTRATOR.address,
            role=ADMINISTRATOR.role,
            job_title=_title(ADMINISTRATOR),
            digest=b"",
            invited_by=None,
            expires_at=clock.now() + INVITATION_LIFE,
        )
        db.session.add(invitation)
        accept(world, ADMINISTRATOR, account, invitation)


def _title(person: DemoPerson) -> str:
    return f"{person.title} ({FICTIONAL})"


def _place(place: str) -> UUID:
    found = select(Organisation.id)
    if place == SECRETARIAT:
        return db.session.scalars(found.where(Organisation.kind == SECRETARIAT)).one()
    return db.session.scalars(found.where(Organisation.country == place)).one()
