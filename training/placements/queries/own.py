"""A person's own applications, and the employer the records know of her."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.dialects.postgresql import distinct_on

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.affiliations import holds
from kernel.identity.models import Affiliation, Membership, Organisation, OrganisationKind
from training.placements.models import Application, Vacancy
from training.placements.rules.eligibility import Employer
from training.placements.rules.vacancies import ApplicationState


@dataclass(frozen=True)
class OwnApplication:
    """An application with the vacancy it is for."""

    application: Application
    vacancy: Vacancy


def decided_since(person_id: UUID, moment: datetime, most: int) -> list[OwnApplication]:
    """A person's applications that were decided about since a moment, the latest first."""
    rows = db.session.execute(
        _with_vacancy()
        .where(Application.person_id == person_id, Application.decided_at >= moment)
        .order_by(Application.decided_at.desc(), Application.id)
        .limit(most)
    )
    return [OwnApplication(row.Application, row.Vacancy) for row in rows]


def live_application(vacancy_id: UUID, person_id: UUID) -> Application | None:
    """This person's application for a vacancy, draft or sent, unless she withdrew it."""
    return db.session.scalars(
        select(Application).where(
            Application.vacancy_id == vacancy_id,
            Application.person_id == person_id,
            Application.state != ApplicationState.WITHDRAWN,
        )
    ).one_or_none()


def applications_of(person_id: UUID) -> list[OwnApplication]:
    """A person's own applications, latest first."""
    rows = db.session.execute(
        _with_vacancy()
        .where(Application.person_id == person_id)
        .order_by(Application.id.desc())
        .limit(200)
    )
    return [OwnApplication(row.Application, row.Vacancy) for row in rows]


def undecided_of(person_id: UUID) -> Sequence[Application]:
    """A person's drafts, and what she sent that was not decided about, held to be changed."""
    undecided = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
    return db.session.scalars(
        select(Application)
        .where(Application.person_id == person_id, Application.state.in_(undecided))
        .order_by(Application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def own_application(person_id: UUID, application_id: UUID) -> OwnApplication:
    """One of a person's own applications; raises NotFound."""
    return _own(
        _with_vacancy().where(Application.id == application_id, Application.person_id == person_id)
    )


def decided_for(vacancy_id: UUID) -> list[OwnApplication]:
    """The applications that were decided about, with their vacancy."""
    rows = db.session.execute(
        _with_vacancy()
        .where(Application.vacancy_id == vacancy_id, Application.state == ApplicationState.SCREENED)
        .order_by(Application.id)
    )
    return [OwnApplication(row.Application, row.Vacancy) for row in rows]


def application_with_vacancy(application_id: UUID) -> OwnApplication:
    """An application whoever's it is, for mails; raises NotFound."""
    return _own(_with_vacancy().where(Application.id == application_id))


def employers_of(person_ids: Collection[UUID], now: datetime) -> dict[UUID, Employer]:
    """The organisation each works for: a member EMB before others, a present one before a former one."""
    current = holds(now)
    member = and_(
        Organisation.kind == OrganisationKind.EMB, Organisation.membership == Membership.ACTIVE
    )
    rows = db.session.execute(
        select(
            Affiliation.person_id,
            Organisation.name,
            member.label("member"),
            current.label("current"),
        )
        .ext(distinct_on(Affiliation.person_id))
        .select_from(Organisation)
        .join(
            Affiliation,
            and_(
                Affiliation.tenant_id == Organisation.tenant_id,
                Affiliation.organisation_id == Organisation.id,
            ),
        )
        .where(Affiliation.person_id.in_(person_ids))
        .order_by(
            Affiliation.person_id,
            current.desc(),
            member.desc(),
            Affiliation.ended_at.desc(),
            Organisation.sort_key,
        )
    )
    return {row.person_id: Employer(row.name, row.member, ended=not row.current) for row in rows}


def _with_vacancy() -> Select[Application, Vacancy]:
    return select(Application, Vacancy).join(
        Vacancy,
        and_(Vacancy.tenant_id == Application.tenant_id, Vacancy.id == Application.vacancy_id),
    )


def _own(statement: Select[Application, Vacancy]) -> OwnApplication:
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return OwnApplication(row.Application, row.Vacancy)
