"""What is done with applications for membership: receiving, entering, considering, deciding, forgetting."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from kernel.accounts.services import invitations
from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import OrganisationKind
from kernel.identity.permissions import KernelPermission
from kernel.mail import Recipient, queue
from kernel.values import clock
from kernel.values.paging import Page
from network.applications import queries
from network.applications.models import ApplicationStep, MembershipApplication
from network.applications.queries import Step
from network.applications.rules import (
    DECIDED,
    MEMBERSHIPS,
    NEXT,
    ApplicationState,
    Letter,
    check_new_member,
    check_step,
)
from network.members import service as members

FOCAL_POINT = "focal_point"
"""The role the contact of an admitted organisation is invited to."""


def receive(letter: Letter) -> MembershipApplication:
    """Keep an application as it arrives from outside; whether the network knows the sender is not told."""
    return _keep(None, letter)


def enter(actor: Actor, letter: Letter) -> MembershipApplication:
    """Keep an application that came on paper or by mail; raises Forbidden."""
    actor.require(KernelPermission.MEMBERS_MANAGE)
    return _keep(actor, letter)


def listed(actor: Actor, state: ApplicationState | None, page: int) -> Page[MembershipApplication]:
    """The applications in a state, or all, one page of them; raises Forbidden."""
    actor.require(KernelPermission.MEMBERS_MANAGE)
    return queries.applications(state, page)


def application_of(
    actor: Actor, application_id: UUID
) -> tuple[MembershipApplication, Sequence[Step]]:
    """An application and the steps it took, the latest first; raises NotFound, Forbidden."""
    actor.require(KernelPermission.MEMBERS_MANAGE)
    return queries.application(application_id), queries.history_of(application_id)


def next_steps(application: MembershipApplication) -> tuple[ApplicationState, ...]:
    """Where an application can go from here."""
    return NEXT[ApplicationState(application.state)]


def take_step(
    actor: Actor,
    application_id: UUID,
    *,
    version: int | None,
    step: ApplicationState,
    reason: str | None,
    tell: bool,
) -> MembershipApplication:
    """Consider an application, admit the organisation or decline; its membership follows.

    With `tell` the contact of an admitted organisation is invited as its focal point, that of a declined
    one gets the reason. Raises NotFound, Forbidden, Conflict when somebody else took a step since
    `version`, Refused for a step it cannot take, a decision without a reason, and an organisation that is
    a member already.
    """
    actor.require(KernelPermission.MEMBERS_MANAGE)
    application = queries.application(application_id)
    before, reason = ApplicationState(application.state), reason or ""
    application.expect(version, {"step": before})
    check_step(before, step, reason)
    if step is ApplicationState.CONSIDERED:
        application.organisation_id = _applicant(actor, application, reason)
    elif application.organisation_id is not None:
        members.change_by_application(
            actor, application.organisation_id, membership=MEMBERSHIPS[step], reason=reason
        )
    application.state = step.value
    application.decided_at = clock.now() if step in DECIDED else None
    _remember(actor, application, before, reason)
    if tell and step in DECIDED:
        _tell(actor, application, reason)
    return application


def forget_contacts() -> int:
    """Forget who answered for applications decided long ago; tells how many there were."""
    old = queries.with_old_contacts(clock.now())
    for application in old:
        application.contact_name = application.contact_address = None
        record(None, "membership_application.contact_forgotten", application)
    return len(old)


def _applicant(actor: Actor, application: MembershipApplication, reason: str) -> UUID:
    """The organisation that applies: taken in anew, or one that left and applies again."""
    known = queries.organisation_like(application.kind, application.name, application.country)
    check_new_member(known.membership if known else None)
    if known is not None:
        changed = members.change_by_application(
            actor, known.id, membership=MEMBERSHIPS[ApplicationState.CONSIDERED], reason=reason
        )
        return changed.id
    entered = members.enter_applicant(
        actor,
        kind=OrganisationKind(application.kind),
        name=application.name,
        country=application.country,
        reason=reason,
    )
    return entered.id


def _keep(actor: Actor | None, letter: Letter) -> MembershipApplication:
    application = MembershipApplication(
        **asdict(letter), entered_by=actor.person_id if actor else None
    )
    db.session.add(application)
    _remember(actor, application, None, "")
    return application


def _remember(
    actor: Actor | None,
    application: MembershipApplication,
    before: ApplicationState | None,
    reason: str,
) -> None:
    db.session.flush()
    db.session.add(
        ApplicationStep(
            application_id=application.id,
            before=before,
            after=application.state,
            reason=reason,
            taken_by=actor.person_id if actor else None,
        )
    )
    after = {"state": application.state, **({"reason": reason} if reason else {})}
    told = {"state": before.value} if before else None
    record(actor, f"membership_application.{application.state}", application, told, after)


def _tell(actor: Actor, application: MembershipApplication, reason: str) -> None:
    name, address = application.contact_name, application.contact_address
    if name is None or address is None:
        raise Refused(
            N_("The contact is forgotten: nobody can be told by mail. Take the mark away."),
            field="tell",
        )
    if application.state == ApplicationState.ADMITTED and application.organisation_id is not None:
        invitations.invite(
            actor, application.organisation_id, name=name, address=address, role=FOCAL_POINT
        )
        return
    queue(
        Recipient(address, name, application.language),
        "membership_declined",
        {"organisation": application.name, "reason": reason},
    )
