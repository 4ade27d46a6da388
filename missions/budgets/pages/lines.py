"""The lines of a version: how each was calculated, and in a draft the form to change it."""

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, posted_version
from kernel.web.formats import short_day
from missions.budgets import access, service
from missions.budgets.pages.blueprint import (
    EDIT,
    SEE,
    address,
    around,
    back,
    of_mission,
    opened,
    pages,
)
from missions.budgets.pages.wording import Wording
from missions.budgets.queries import StoredLine
from missions.budgets.rules.catalogue import CURRENT, Driver, Measure
from missions.budgets.rules.lines import Line, LineEntry, plain
from missions.budgets.rules.totals import CostedLine
from missions.budgets.schemas import BudgetLineSchema
from missions.budgets.service import Sheet


@pages.form("/versions/<int:number>/lines/new", permission=EDIT)
def new_line(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Add a line to the draft."""
    sheet = opened(mission_id, number)
    values = {
        "driver": Driver.PERSON_UNITS,
        "measure": Measure.DAYS if sheet.plan.phases else Measure.NUMBER,
        "currency": sheet.version.base,
    }
    form = Form(BudgetLineSchema(), values=values, choices=_choices(sheet))
    if form.accepts(
        lambda data: service.add_line(actor(), sheet.subject, number, LineEntry(**data))
    ):
        return back(sheet.subject)
    title = gettext("Add a line")
    return form.render(
        "budgets/line_form.html",
        title=title,
        submit=gettext("Add line"),
        people=sheet.plan.people,
        cancel=address(sheet.subject),
        rates=address(sheet.subject, "new_rate", number=number),
        **around(sheet.subject, sheet.plan, title),
    )


@pages.page("/versions/<int:number>/lines/<int:position>", permission=SEE)
def line(mission_id: UUID, number: int, position: int) -> ResponseReturnValue:
    """How the amount of a line was calculated, and the form to change it while it may change."""
    sheet = opened(mission_id, number)
    stored, costed = service.open_line(sheet, position)
    form = _line_form(sheet, stored)
    return _line_page(sheet, stored, costed, form)


@pages.action("/versions/<int:number>/lines/<int:position>", permission=EDIT)
def change_line(mission_id: UUID, number: int, position: int) -> ResponseReturnValue:
    """Change a line of the draft."""
    sheet = opened(mission_id, number)
    stored, costed = service.open_line(sheet, position)
    form = _line_form(sheet, stored)
    if form.accepts(
        lambda data: service.change_line(
            actor(),
            sheet.subject,
            number,
            position,
            LineEntry(**data),
            lock=form.posted_version,
        )
    ):
        return back(sheet.subject)
    return _line_page(sheet, stored, costed, form)


@pages.action("/versions/<int:number>/lines/<int:position>/remove", permission=EDIT)
def remove_line(mission_id: UUID, number: int, position: int) -> ResponseReturnValue:
    """Take a line off; the budget then offers to put it back."""
    subject = of_mission(mission_id)
    lock = service.remove_line(actor(), subject, number, position, lock=posted_version())
    return back(subject, removed=position, lock=lock)


@pages.action("/versions/<int:number>/lines/<int:position>/put-back", permission=EDIT)
def put_line_back(mission_id: UUID, number: int, position: int) -> ResponseReturnValue:
    """Undo a removal."""
    subject = of_mission(mission_id)
    service.put_line_back(actor(), subject, number, position, lock=posted_version())
    return back(subject)


def _line_form(sheet: Sheet, stored: StoredLine) -> Form:
    return Form(
        BudgetLineSchema(),
        values=_entered(stored.line),
        choices=_choices(sheet, stored.line),
        version=stored.lock,
    )


def _line_page(
    sheet: Sheet, stored: StoredLine, costed: CostedLine, form: Form
) -> ResponseReturnValue:
    subject, number, position = sheet.subject, sheet.version.number, stored.position
    return form.render(
        "budgets/line.html",
        title=stored.line.description,
        category=gettext(sheet.version.rules.category_label(stored.line.category)),
        steps=_steps(sheet, costed),
        may_edit=sheet.newest and access.can_edit(actor(), sheet.facts),
        people=sheet.plan.people,
        cancel=address(subject),
        remove=address(subject, "remove_line", number=number, position=position),
        rates=address(subject, "new_rate", number=number),
        **around(subject, sheet.plan, stored.line.description),
    )


def _entered(line: Line) -> dict[str, Any]:
    """A line as it was entered: units counted on a phase were not."""
    return {
        "category": line.category,
        "description": line.description,
        "driver": line.driver,
        "persons": line.persons,
        "measure": line.measure,
        "units": None if line.phase or line.units is None else plain(line.units),
        "phase": line.phase.key if line.phase else None,
        "rate": plain(line.rate.amount),
        "currency": line.rate.currency,
    }


def _choices(sheet: Sheet, line: Line | None = None) -> dict[str, list[tuple[str, str]]]:
    """Categories of the rule set, currencies with a rate, phases of the plan and of the line."""
    words = Wording()
    phases = {each.key: words.phase(each.name, each.period) for each in sheet.plan.phases}
    if line is not None and line.phase is not None:
        phases.setdefault(line.phase.key, words.phase(line.phase.name, line.phase.period))
    rules = sheet.version.rules if line else CURRENT
    return {
        "category": [(each.code, gettext(each.label)) for each in rules.categories],
        "currency": [(code, code) for code in (sheet.version.base, *sheet.quoted)],
        "phase": [("", gettext("None")), *phases.items()],
    }


def _steps(sheet: Sheet, costed: CostedLine) -> list[tuple[str, str]]:
    """How an amount came about, step by step, in the order of the rules."""
    line, words, steps = costed.line, Wording(), []
    if line.phase is not None and line.units is not None:
        counted = words.units(line.units, line.measure)
        steps.append((words.phase(line.phase.name, line.phase.period), counted))
    if line.driver is Driver.LUMP_SUM:
        steps.append((gettext("Lump sum"), words.price(line.rate)))
    else:
        steps.append((gettext("Calculated as"), words.driver(line)))
    steps.append((gettext("Rounded to its smallest coin"), words.amount(costed.amount)))
    rate = sheet.quoted.get(costed.amount.currency)
    if rate is not None:
        quoted = gettext(
            "Divided by %(units)s %(currency)s for 1 %(base)s (%(source)s, %(day)s), rounded",
            units=words.units_per_base(rate),
            currency=rate.foreign,
            base=rate.base,
            source=rate.source,
            day=short_day(rate.on),
        )
        steps.append((quoted, words.amount(costed.in_base)))
    return steps
