"""Placements as JSON: the same services and rules as the pages."""

from typing import Any, Final
from uuid import UUID

from flask import request

from kernel.web import SIGNED_IN, Api, actor, expected_version, version_header
from kernel.web.forms import translate
from training.permissions import TrainingPermission
from training.placements import queries, schemas, service, words
from training.placements.queries import Application, Vacancy
from training.placements.rules.eligibility import Eligibility
from training.placements.service import Checked, Sent, Tally

MANAGE: Final = TrainingPermission.VACANCIES_MANAGE

api = Api(
    "placements",
    __name__,
    url_prefix="/training/placements",
    description="Placements: vacancies, eligibility, and what was sent for them",
)
own_api = Api(
    "applications",
    __name__,
    url_prefix="/training/applications",
    description="One’s own applications for placements",
)

Answer = tuple[Any, int, dict[str, str]]


@api.endpoint("", permission=SIGNED_IN)
@api.arguments(schemas.PageQuery, location="query")
@api.response(200, schemas.VacancyPageOutput)
def list_vacancies(asked: dict[str, Any]) -> dict[str, Any]:
    """List the vacancies one may see: those open to applications first."""
    items, total = queries.vacancies(actor(), asked["page"])
    return {"items": items, "total": total, "page": asked["page"]}


@api.endpoint("", permission=MANAGE, method="POST")
@api.arguments(schemas.VacancySchema)
@api.response(201, schemas.VacancyOutput)
def draft_vacancy(data: dict[str, Any]) -> Answer:
    """Draft a vacancy."""
    return _vacancy(service.draft_vacancy(actor(), schemas.terms_of(data)), 201)


@api.endpoint("/<uuid:vacancy_id>", permission=SIGNED_IN)
@api.response(200, schemas.VacancyOutput)
def get_vacancy(vacancy_id: UUID) -> Answer:
    """A vacancy; its ETag is the version to change it from."""
    return _vacancy(queries.vacancy_of(actor(), vacancy_id))


@api.endpoint("/<uuid:vacancy_id>", permission=MANAGE, method="PUT")
@api.arguments(schemas.VacancySchema)
@api.response(200, schemas.VacancyOutput)
def put_vacancy(data: dict[str, Any], vacancy_id: UUID) -> Answer:
    """Write a vacancy anew before it is published; needs If-Match."""
    terms = schemas.terms_of(data)
    return _vacancy(service.edit_vacancy(actor(), vacancy_id, terms, version=expected_version()))


@api.endpoint(
    "/<uuid:vacancy_id>/approve", permission=TrainingPermission.VACANCIES_APPROVE, method="POST"
)
@api.response(200, schemas.VacancyOutput)
def approve_vacancy(vacancy_id: UUID) -> Answer:
    """Approve what somebody else drafted; needs If-Match."""
    return _vacancy(service.approve_vacancy(actor(), vacancy_id, version=expected_version()))


@api.endpoint("/<uuid:vacancy_id>/publish", permission=MANAGE, method="POST")
@api.response(200, schemas.VacancyOutput)
def publish_vacancy(vacancy_id: UUID) -> Answer:
    """Open a vacancy to applications; needs If-Match."""
    return _vacancy(service.publish_vacancy(actor(), vacancy_id, version=expected_version()))


@api.endpoint("/<uuid:vacancy_id>/outcome", permission=MANAGE, method="PUT")
@api.arguments(schemas.OutcomeSchema)
@api.response(200, schemas.VacancyOutput)
def put_outcome(data: dict[str, Any], vacancy_id: UUID) -> Answer:
    """Say what became of a closed vacancy; needs If-Match."""
    return _vacancy(service.record_outcome(actor(), vacancy_id, version=expected_version(), **data))


@api.endpoint("/<uuid:vacancy_id>/eligibility", permission=SIGNED_IN)
@api.response(200, schemas.CheckedOutput)
def get_eligibility(vacancy_id: UUID) -> dict[str, Any]:
    """Each rule answered for oneself, on the facts of this moment; it advises and stops nobody."""
    verdicts = service.check_eligibility(actor(), vacancy_id)
    return _checked(Checked(verdicts)) or {}


@api.endpoint("/<uuid:vacancy_id>/application", permission=SIGNED_IN, method="PUT")
@api.arguments(schemas.StatementsSchema)
@api.response(200, schemas.ApplicationOutput)
def put_application(data: dict[str, Any], vacancy_id: UUID) -> Answer:
    """Save one's draft for a vacancy; changing an earlier one needs If-Match."""
    version = expected_version() if "If-Match" in request.headers else None
    statements = schemas.statements_of(data)
    return _application(service.save_draft(actor(), vacancy_id, statements, version=version))


@api.endpoint("/<uuid:vacancy_id>/application/submit", permission=SIGNED_IN, method="POST")
@api.response(200, schemas.ApplicationOutput)
def submit_application(vacancy_id: UUID) -> Answer:
    """Send one's draft; needs If-Match. What is sent stays as it is."""
    return _application(service.submit(actor(), vacancy_id, version=expected_version()))


@api.endpoint("/<uuid:vacancy_id>/applications", permission=MANAGE)
@api.arguments(schemas.PageQuery, location="query")
@api.response(200, schemas.ReceivedPageOutput)
def list_received(asked: dict[str, Any], vacancy_id: UUID) -> dict[str, Any]:
    """What was sent for a vacancy, by name, and the counts of all."""
    _, found, tallies = service.received_list(actor(), vacancy_id, asked["page"])
    return {
        "items": [{**_sent(each.sent), "name": each.name} for each in found],
        **_counts(tallies.everybody),
        "by_gender": [
            {"gender": gender, **_counts(tally)} for gender, tally in tallies.by_gender.items()
        ],
        "page": asked["page"],
    }


@api.endpoint("/<uuid:vacancy_id>/applications/<uuid:application_id>", permission=MANAGE)
@api.response(200, schemas.ReceivedOutput)
def get_received(vacancy_id: UUID, application_id: UUID) -> dict[str, Any]:
    """One application as it was sent, with its verdicts."""
    found = service.received(actor(), vacancy_id, application_id)
    return {**_sent(found.sent), "name": found.name}


@own_api.endpoint("", permission=SIGNED_IN)
@own_api.response(200, schemas.ApplicationOutput(many=True))
def list_own() -> list[dict[str, Any]]:
    """One's own applications, latest first."""
    return [
        _sent(each)
        for each in service.all_sent(
            [one.application for one in queries.applications_of(actor().person_id)]
        )
    ]


@own_api.endpoint("/<uuid:application_id>", permission=SIGNED_IN)
@own_api.response(200, schemas.ApplicationOutput)
def get_own(application_id: UUID) -> Answer:
    """One of one's own applications; its ETag is the version to change it from."""
    _, sent = service.own(actor(), application_id)
    return _sent(sent), 200, version_header(sent.application.version)


@own_api.endpoint("/<uuid:application_id>/withdraw", permission=SIGNED_IN, method="POST")
@own_api.response(204)
def withdraw(application_id: UUID) -> None:
    """Take one's application back before the deadline; needs If-Match. A draft is thrown away."""
    service.withdraw(actor(), application_id, version=expected_version())


def _vacancy(vacancy: Vacancy, status: int = 200) -> Answer:
    return vacancy, status, version_header(vacancy.version)


def _application(application: Application) -> Answer:
    return _sent(service.sent_of(application)), 200, version_header(application.version)


def _counts(tally: Tally) -> dict[str, int]:
    decided = {answer.value: tally.decided[answer] for answer in Eligibility}
    return {"total": tally.total, "withdrawn": tally.withdrawn, **decided}


def _sent(sent: Sent) -> dict[str, Any]:
    application = sent.application
    return {
        "id": application.id,
        "vacancy_id": application.vacancy_id,
        "state": application.state,
        "statements": sent.statements,
        "submitted_at": application.submitted_at,
        "advice": _checked(sent.advice),
        "decision": _checked(sent.decision),
        "decided_at": application.decided_at,
        "version": application.version,
    }


def _checked(checked: Checked | None) -> dict[str, Any] | None:
    if checked is None:
        return None
    return {
        "eligibility": checked.eligibility,
        "verdicts": [
            {
                "rule": verdict.rule,
                "answer": verdict.answer,
                "fact": translate(words.fact_of(verdict)),
                "sources": verdict.sources,
            }
            for verdict in checked.verdicts
        ],
    }
