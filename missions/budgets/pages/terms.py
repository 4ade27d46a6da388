"""The exchange rates and the shares of a draft."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.errors import NotFound
from kernel.web import Form, actor, posted_version
from missions.budgets import service
from missions.budgets.pages.blueprint import EDIT, back, form_page, of_mission, opened, pages
from missions.budgets.rules.catalogue import Part
from missions.budgets.rules.lines import plain
from missions.budgets.schemas import BudgetRateSchema, BudgetSharesSchema, NewBudgetRateSchema


@pages.form("/versions/<int:number>/rates/new", permission=EDIT)
def new_rate(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Add an exchange rate, and with it a currency lines may be in."""
    sheet = opened(mission_id, number)
    form = Form(NewBudgetRateSchema())
    if form.accepts(lambda data: service.set_rate(actor(), sheet.subject, number, **data)):
        return back(sheet.subject)
    return form_page(form, sheet, gettext("Add an exchange rate"), gettext("Save rate"))


@pages.form("/versions/<int:number>/rates/<currency>", permission=EDIT)
def rate(mission_id: UUID, number: int, currency: str) -> ResponseReturnValue:
    """Change an exchange rate."""
    sheet = opened(mission_id, number)
    stored = next((each for each in sheet.rates if each.rate.foreign == currency), None)
    if stored is None:
        raise NotFound()
    values = {
        "units_per_base": plain(stored.rate.units_per_base),
        "quoted_on": stored.rate.on,
        "source": stored.rate.source,
    }
    form = Form(BudgetRateSchema(), values=values, version=stored.lock)
    if form.accepts(
        lambda data: service.set_rate(
            actor(), sheet.subject, number, currency=currency, lock=form.posted_version, **data
        )
    ):
        return back(sheet.subject)
    title = gettext("Exchange rate of %(currency)s", currency=currency)
    return form_page(form, sheet, title, gettext("Save rate"))


@pages.action("/versions/<int:number>/rates/<currency>/remove", permission=EDIT)
def remove_rate(mission_id: UUID, number: int, currency: str) -> ResponseReturnValue:
    """Take an exchange rate off that no line needs."""
    subject = of_mission(mission_id)
    service.remove_rate(actor(), subject, number, currency, lock=posted_version())
    return back(subject)


@pages.form("/versions/<int:number>/shares", permission=EDIT)
def shares(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Change contingency and overhead."""
    sheet = opened(mission_id, number)
    values = {
        "contingency_percent": plain(sheet.version.shares[Part.CONTINGENCY] * 100),
        "overhead_percent": plain(sheet.version.shares[Part.OVERHEAD] * 100),
    }
    form = Form(BudgetSharesSchema(), values=values, version=sheet.version.lock)
    if form.accepts(
        lambda data: service.change_shares(
            actor(), sheet.subject, number, lock=form.posted_version, **data
        )
    ):
        return back(sheet.subject)
    return form_page(form, sheet, gettext("Contingency and overhead"), gettext("Save shares"))
