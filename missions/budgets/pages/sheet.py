"""A version on one page, added up from its lines; the history of versions and what each changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.questions import Subject
from kernel.web import Form, actor, render
from missions.budgets import access, service
from missions.budgets.pages.blueprint import SEE, address, around, of_mission, opened, pages
from missions.budgets.pages.wording import Wording
from missions.budgets.queries import StoredLine
from missions.budgets.rules.differences import LineChange, Sum
from missions.budgets.rules.rebinding import Recount
from missions.budgets.rules.totals import CostedLine
from missions.budgets.rules.versions import Move
from missions.budgets.schemas import BudgetStartSchema
from missions.budgets.service import Sheet

DEFAULTS = {"base_currency": "GBP", "contingency_percent": 5, "overhead_percent": 7}


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the table shows it; `why` tells what a move of dates did to it."""

    position: int
    description: str
    how: str
    own: str
    in_base: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines under one heading, with their sum in base."""

    code: str
    label: str
    total: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Part:
    """A share added on top: what it comes to, and what it is a share of."""

    label: str
    amount: str
    in_base: str
    how: str
    explanation: str


@pages.page("", permission=SEE)
def show(mission_id: UUID) -> ResponseReturnValue:
    """The newest version; before there is one, the form to start the budget."""
    subject = of_mission(mission_id)
    sheet = service.open_sheet(actor(), subject)
    if sheet is not None:
        return _sheet_page(sheet)
    form = Form(BudgetStartSchema(), values=DEFAULTS)
    return start_page(subject, form)


def start_page(subject: Subject, form: Form) -> ResponseReturnValue:
    """The page of a subject without a budget, with the form that starts one."""
    plan = service.visible_plan(actor(), subject)
    return form.render(
        "budgets/start.html",
        may_start=access.can_start(actor(), ended=plan.ended),
        ended=plan.ended,
        action=address(subject, "start"),
        **around(subject, plan),
    )


@pages.page("/versions/<int:number>", permission=SEE)
def version(mission_id: UUID, number: int) -> ResponseReturnValue:
    """One version, whether or not there is a newer one."""
    return _sheet_page(opened(mission_id, number))


@pages.page("/history", permission=SEE)
def history(mission_id: UUID) -> ResponseReturnValue:
    """Every version, the newest first, with its total."""
    subject = of_mission(mission_id)
    return render(
        "budgets/history.html",
        sheets=service.history(actor(), subject),
        address=lambda endpoint, number: address(subject, endpoint, number=number),
        words=Wording(),
        **around(subject, service.visible_plan(actor(), subject), gettext("History")),
    )


@pages.page("/versions/<int:number>/changes", permission=SEE)
def changes(mission_id: UUID, number: int) -> ResponseReturnValue:
    """What a version changed against the one before it."""
    subject = of_mission(mission_id)
    compared = service.compare(actor(), subject, number)
    found, words = compared.difference, Wording()
    labels = [words.text(each.rule.label) for each in compared.later.costing.on_costs]
    sums = [
        (gettext("Subtotal"), found.subtotal),
        *zip(labels, found.on_costs, strict=True),
        (gettext("Total"), found.total),
    ]
    title = gettext("Changes in version %(number)s", number=number)
    return render(
        "budgets/changes.html",
        title=title,
        compared=compared,
        changes=[_change(each, words) for each in found.lines],
        unchanged=found.unchanged,
        sums=[_sum(label, each, words) for label, each in sums],
        words=words,
        **around(subject, compared.later.plan, title),
    )


def groups(sheet: Sheet, words: Wording) -> list[Group]:
    """The lines of a version under their headings, spelled out."""
    stored = sheet.stored_by_key
    return [
        Group(
            code=each.category,
            label=words.text(sheet.version.rules.category_label(each.category)),
            total=words.exact(each.total.amount),
            rows=[_row(costed, stored[costed.line.key], words) for costed in each.lines],
        )
        for each in sheet.costing.categories
    ]


def parts(sheet: Sheet, words: Wording) -> list[Part]:
    """The on-costs of a version, in their order."""
    return [
        Part(
            label=words.text(each.rule.label),
            amount=words.exact(each.amount.amount),
            in_base=words.amount(each.amount),
            how=words.share_of(each.share, each.base),
            explanation=words.text(each.rule.explanation),
        )
        for each in sheet.costing.on_costs
    ]


def _sheet_page(sheet: Sheet) -> ResponseReturnValue:
    subject, number, words = sheet.subject, sheet.version.number, Wording()
    return render(
        "budgets/sheet.html",
        sheet=sheet,
        version=sheet.version,
        state=words.state(sheet.version.state),
        groups=groups(sheet, words),
        parts=parts(sheet, words),
        words=words,
        may=_permitted(sheet),
        removed=_removed() if sheet.newest else None,
        base=address(subject, "version", number=number),
        history=address(subject, "history"),
        new_key=lambda: str(uuid4()),
        **around(subject, sheet.plan),
    )


@dataclass(frozen=True, slots=True)
class Removed:
    """A line just taken off, with the lock that puts it back."""

    position: int
    lock: int


def _removed() -> Removed | None:
    position, lock = (request.args.get(name, type=int) for name in ("removed", "lock"))
    return None if position is None or lock is None else Removed(position, lock)


def _permitted(sheet: Sheet) -> dict[str, bool]:
    """What the visitor may do with the version she looks at; with an older one, nothing."""
    visitor, facts, newest = actor(), sheet.facts, sheet.newest
    moves = {move.value: newest and access.can(visitor, move, facts) for move in Move}
    return {"edit": newest and access.can_edit(visitor, facts), **moves}


def _row(costed: CostedLine, stored: StoredLine, words: Wording) -> Row:
    line = costed.line
    why = ""
    if stored.was is not None and line.phase is not None:
        recount = Recount(line.phase.name, line.phase.period, stored.was, line.measure)
        why = words.recount(recount)
    return Row(
        position=stored.position,
        description=line.description,
        how=words.driver(line),
        own=words.amount(costed.amount),
        in_base=words.exact(costed.in_base.amount),
        why=why,
    )


def _change(change: LineChange, words: Wording) -> dict[str, Any]:
    return {
        "kind": change.change.value,
        "description": change.line.description,
        "before": _spelled(change.before, words),
        "after": _spelled(change.after, words),
        "by": change.by.amount,
    }


def _spelled(costed: CostedLine | None, words: Wording) -> str:
    if costed is None:
        return "–"
    amounts: Iterable[str] = dict.fromkeys(
        words.amount(money) for money in (costed.amount, costed.in_base)
    )
    return " = ".join([words.driver(costed.line), *amounts])


def _sum(label: str, found: Sum, words: Wording) -> dict[str, Any]:
    return {
        "label": label,
        "before": words.exact(found.before.amount),
        "after": words.exact(found.after.amount),
        "by": found.by.amount,
    }
