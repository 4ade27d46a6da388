"""What was sent for a vacancy, for the officer."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import actor, render
from training.permissions import TrainingPermission
from training.placements import service
from training.placements.pages.blueprint import asked_page, crumbs, pager, pages, vocabulary


@pages.page("/<uuid:vacancy_id>/applications", permission=TrainingPermission.VACANCIES_MANAGE)
def received(vacancy_id: UUID) -> ResponseReturnValue:
    """The applications for a vacancy with their counts, by name."""
    number = asked_page()
    vacancy, found, tallies = service.received_list(actor(), vacancy_id, number)
    everybody = tallies.everybody
    return render(
        "placements/received.html",
        vacancy=vacancy,
        found=found,
        tally=everybody,
        by_gender=tallies.by_gender,
        pager=pager(
            number,
            everybody.total + everybody.withdrawn,
            "placements.received",
            vacancy_id=vacancy_id,
        ),
        crumbs=crumbs(gettext("Applications"), vacancy=vacancy),
        **vocabulary(),
    )


@pages.page(
    "/<uuid:vacancy_id>/applications/<uuid:application_id>",
    permission=TrainingPermission.VACANCIES_MANAGE,
)
def received_one(vacancy_id: UUID, application_id: UUID) -> ResponseReturnValue:
    """One application as it was sent, with its verdicts."""
    found = service.received(actor(), vacancy_id, application_id)
    return render(
        "placements/received_one.html",
        vacancy=found.vacancy,
        name=found.name,
        sent=found.sent,
        application=found.sent.application,
        crumbs=crumbs(found.name, vacancy=found.vacancy),
        **vocabulary(),
    )
