"""How a budget is spelled out in the reader's language: drivers, amounts, reasons.

Pages, mails and exports say it the same way. Numbers with a currency are kept in one direction by
isolate characters (UAX #9), which also hold in spreadsheets and PDFs.
"""

from decimal import Decimal
from typing import Final

from babel.dates import format_interval
from flask_babel import get_locale, gettext, ngettext

from kernel.errors import N_
from kernel.values.currencies import minor_unit
from kernel.values.money import Money
from kernel.values.periods import Period
from kernel.web.formats import MINUS, exact
from missions.budgets.rules.catalogue import Driver, Measure
from missions.budgets.rules.lines import Line
from missions.budgets.rules.rebinding import Recount
from missions.budgets.rules.versions import State

STATES: Final = {
    State.DRAFT: N_("Draft"),
    State.SUBMITTED: N_("Waiting for approval"),
    State.RETURNED: N_("Returned"),
    State.APPROVED: N_("Approved"),
    State.REVISED: N_("Replaced by a revision"),
    State.CLOSED: N_("Closed"),
}

_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"
_ONE = Decimal(1)
_OF_FRACTIONS: Final = 100
"""The count whose plural form fractions take: 2.5 days, as 100 days, in every language we speak."""


def plain(number: Decimal) -> Decimal:
    """A number without the zeros its column pads it with: 2.5, not 2.50, and 12, not 12.00."""
    return number.quantize(_ONE) if number == number.to_integral_value() else number.normalize()


def isolated(text: str) -> str:
    """Text that reads from left to right, whatever stands around it."""
    return f"{_LEFT_TO_RIGHT}{text}{_END}"


def amount(money: Money) -> str:
    """GBP 1,250.00."""
    return isolated(f"{money.currency} {exact(money.amount)}")


def price(money: Money) -> str:
    """GBP 180, or GBP 99.50: a rate as it was entered, coins shown only when there are any."""
    number = plain(money.amount)
    places = -int(number.as_tuple().exponent)
    if 0 < places < minor_unit(money.currency):
        number = number.quantize(_ONE.scaleb(-minor_unit(money.currency)))
    return isolated(f"{money.currency} {exact(number)}")


def change(number: Decimal) -> str:
    """+1,250.00 or −700.00; nothing before zero."""
    sign = "" if not number else "+" if number > 0 else MINUS
    return isolated(sign + exact(abs(number)))


def percent(share: Decimal) -> str:
    """5%, or 7.5%."""
    return str(gettext("%(number)s%%", number=exact(plain(share * 100))))


def persons(count: int) -> str:
    """45 persons."""
    return str(ngettext("%(count)s person", "%(count)s persons", count, count=exact(count)))


def units(number: Decimal, measure: Measure) -> str:
    """12 days, 11 nights, or 2.5 units."""
    shown = plain(number)
    form = int(shown) if shown == shown.to_integral_value() else _OF_FRACTIONS
    count = exact(shown)
    if measure is Measure.DAYS:
        return str(ngettext("%(count)s day", "%(count)s days", form, count=count))
    if measure is Measure.NIGHTS:
        return str(ngettext("%(count)s night", "%(count)s nights", form, count=count))
    return str(ngettext("%(count)s unit", "%(count)s units", form, count=count))


def driver(line: Line) -> str:
    """45 persons × 12 days × GBP 180."""
    if line.driver is Driver.LUMP_SUM:
        return str(gettext("Lump sum"))
    counted = units(line.units or Decimal(0), line.measure)
    if line.driver is Driver.UNITS:
        return str(gettext("%(units)s × %(rate)s", units=counted, rate=price(line.rate)))
    everyone = persons(line.persons or 0)
    factors = {"persons": everyone, "units": counted, "rate": price(line.rate)}
    return str(gettext("%(persons)s × %(units)s × %(rate)s", **factors))


def period(days: Period, *, year: bool = False) -> str:
    """5–16 May, or 5–16 May 2026."""
    skeleton = "yMMMMd" if year else "MMMMd"
    return str(format_interval(days.start, days.end, skeleton, locale=get_locale()))


def phase(name: str, days: Period) -> str:
    """Deployment, 5–16 May 2026."""
    dates = period(days, year=True)
    return str(gettext("%(phase)s, %(dates)s", phase=gettext(name), dates=dates))


def recount(why: Recount) -> str:
    """Deployment is now 5–16 May: 12 days instead of 10."""
    values = {
        "phase": gettext(why.phase),
        "dates": period(why.period),
        "count": units(why.units, why.measure),
        "before": exact(plain(why.units_before)),
    }
    if why.units == why.units_before:
        return str(gettext("%(phase)s is now %(dates)s: still %(count)s.", **values))
    return str(gettext("%(phase)s is now %(dates)s: %(count)s instead of %(before)s.", **values))
