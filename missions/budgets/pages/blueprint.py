"""What the pages of budgets have in common: their addresses, breadcrumbs, and the version they are about."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.questions import Subject
from kernel.questions.plan_facts import PlanFacts
from kernel.web import Form, Pages, actor, see_other
from missions.budgets import service
from missions.budgets.service import Sheet
from missions.permissions import MissionsPermission

SEE: Final = MissionsPermission.BUDGET_SEE
EDIT: Final = MissionsPermission.BUDGET_EDIT
APPROVE: Final = MissionsPermission.BUDGET_APPROVE

pages = Pages(
    "budgets",
    "missions.budgets",
    url_prefix="/missions/<uuid:mission_id>/budget",
    section="missions",
    known_to=SEE,
)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A breadcrumb; the last one has no address."""

    label: str
    url: str = ""


def of_mission(mission_id: UUID) -> Subject:
    """The mission of an address, as the subject of a budget."""
    return Subject("mission", mission_id)


def address(subject: Subject, endpoint: str = "show", **values: Any) -> str:
    """The address of one of the budget's pages."""
    return url_for(f"budgets.{endpoint}", mission_id=subject.id, **values)


def back(subject: Subject, **values: Any) -> ResponseReturnValue:
    """To the budget, after a POST."""
    return see_other("budgets.show", mission_id=subject.id, **values)


def opened(mission_id: UUID, number: int) -> Sheet:
    """The version a page is about; raises NotFound when there is none the visitor may see."""
    sheet = service.open_sheet(actor(), of_mission(mission_id), number)
    assert sheet is not None, "only a budget without versions has no sheet"
    return sheet


def around(subject: Subject, plan: PlanFacts, here: str = "") -> dict[str, Any]:
    """What stands around every page of a budget: its breadcrumbs."""
    budget = Crumb(gettext("Budget"), address(subject) if here else "")
    crumbs = [
        Crumb(gettext("Missions"), url_for("missions.index")),
        Crumb(plan.title, _subject_page(subject, plan)),
        budget,
    ]
    return {"crumbs": [*crumbs, Crumb(here)] if here else crumbs}


def form_page(form: Form, sheet: Sheet, title: str, submit: str) -> ResponseReturnValue:
    """A page with one form of a budget's version."""
    return form.render(
        "budgets/form.html",
        title=title,
        submit=submit,
        cancel=address(sheet.subject),
        **around(sheet.subject, sheet.plan, title),
    )


def _subject_page(subject: Subject, plan: PlanFacts) -> str:
    argument: dict[str, Any] = {plan.argument: subject.id}
    return url_for(plan.endpoint, **argument)
