"""How a budget is spelled out in the reader's language: drivers, amounts, reasons.

Pages and exports say it the same way. Amounts with their currency are kept in one direction by isolate
characters (UAX #9), which hold in spreadsheets and PDFs too.
"""

from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from typing import Final

from babel.dates import format_interval
from flask_babel import get_locale, get_translations

from kernel.errors import N_, P_
from kernel.values.currencies import minor_unit
from kernel.values.money import ExchangeRate, Money
from kernel.values.periods import Period
from kernel.web.formats import MINUS, exact_writer
from missions.budgets.rules.catalogue import Driver, Measure
from missions.budgets.rules.lines import Line, plain
from missions.budgets.rules.rebinding import Recount
from missions.budgets.rules.versions import State

STATES: Final = {
    State.DRAFT: N_("Draft"),
    State.SUBMITTED: N_("Waiting for approval"),
    State.RETURNED: N_("Returned"),
    State.APPROVED: P_("version of a budget", "Approved"),
    State.REVISED: N_("Replaced by a revision"),
    State.CLOSED: P_("version of a budget", "Closed"),
}

LEFT_TO_RIGHT: Final = "\u2066"
END: Final = "\u2069"
_ONE: Final = Decimal(1)
_OF_FRACTIONS: Final = 100
"""The count whose plural form fractions take: 2.5 days, as 100 days, in every language we speak."""


def isolated(text: str) -> str:
    """Text that reads from left to right, whatever stands around it."""
    return f"{LEFT_TO_RIGHT}{text}{END}"


class Wording:
    """One language's way of spelling budgets out.

    Made once per page: looking language and catalogue up for every number of a long table takes
    longer than everything else on it.
    """

    def __init__(self) -> None:
        self._catalogue: NullTranslations = get_translations()
        self._locale = get_locale()
        self.exact = exact_writer(str(self._locale or "en_GB"))
        self.units = cache(self._units)
        self.persons = cache(self._persons)

    def text(self, message: str) -> str:
        """A message marked elsewhere, translated; what a person wrote stays as it is."""
        return self._catalogue.gettext(message) if message else ""

    def state(self, state: State) -> str:
        """Waiting for approval."""
        return self.text(STATES[state])

    def amount(self, money: Money) -> str:
        """GBP 1,250.00."""
        return isolated(f"{money.currency} {self.exact(money.amount)}")

    def price(self, money: Money) -> str:
        """GBP 180, or GBP 99.50: a rate as it was entered, coins shown only when there are any."""
        number, places = plain(money.amount), minor_unit(money.currency)
        if 0 < -int(number.as_tuple().exponent) < places:
            number = number.quantize(_ONE.scaleb(-places))
        return isolated(f"{money.currency} {self.exact(number)}")

    def change(self, number: Decimal) -> str:
        """+1,250.00 or −700.00; no sign before zero."""
        sign = "" if not number else "+" if number > 0 else MINUS
        return isolated(sign + self.exact(abs(number)))

    def percent(self, share: Decimal) -> str:
        """5%, or 7.5%."""
        return self._catalogue.gettext("%(number)s%%") % {"number": self.exact(plain(share * 100))}

    def units_per_base(self, rate: ExchangeRate) -> str:
        """1.27."""
        return self.exact(plain(rate.units_per_base))

    def share_of(self, share: Decimal, money: Money) -> str:
        """5% of GBP 117,900.00."""
        values = {"percent": self.percent(share), "sum": self.amount(money)}
        return self._catalogue.gettext("%(percent)s of %(sum)s") % values

    def driver(self, line: Line) -> str:
        """45 persons × 12 days × GBP 180."""
        if line.driver is Driver.LUMP_SUM:
            return self._catalogue.gettext("Lump sum")
        values = {
            "units": self.units(line.units or Decimal(0), line.measure),
            "rate": self.price(line.rate),
        }
        if line.driver is Driver.UNITS:
            return self._catalogue.gettext("%(units)s × %(rate)s") % values
        values["persons"] = self.persons(line.persons or 0)
        return self._catalogue.gettext("%(persons)s × %(units)s × %(rate)s") % values

    def period(self, days: Period, *, year: bool = False) -> str:
        """5–16 May, or 5–16 May 2026."""
        skeleton = "yMMMMd" if year else "MMMMd"
        return str(format_interval(days.start, days.end, skeleton, locale=self._locale))

    def phase(self, name: str, days: Period) -> str:
        """Deployment, 5–16 May 2026."""
        values = {"phase": self.text(name), "dates": self.period(days, year=True)}
        return self._catalogue.gettext("%(phase)s, %(dates)s") % values

    def recount(self, why: Recount) -> str:
        """Deployment is now 5–16 May: 12 days instead of 10."""
        values = {
            "phase": self.text(why.phase),
            "dates": self.period(why.period),
            "count": self.units(why.units, why.measure),
            "before": self.exact(plain(why.units_before)),
        }
        if why.units == why.units_before:
            return self._catalogue.gettext("%(phase)s is now %(dates)s: still %(count)s.") % values
        return (
            self._catalogue.gettext("%(phase)s is now %(dates)s: %(count)s instead of %(before)s.")
            % values
        )

    def _persons(self, count: int) -> str:
        """45 persons."""
        form = self._catalogue.ngettext("%(count)s person", "%(count)s persons", count)
        return form % {"count": self.exact(count)}

    def _units(self, number: Decimal, measure: Measure) -> str:
        """12 days, 11 nights, or 2.5 units."""
        shown = plain(number)
        count = int(shown) if shown == shown.to_integral_value() else _OF_FRACTIONS
        if measure is Measure.DAYS:
            form = self._catalogue.ngettext("%(count)s day", "%(count)s days", count)
        elif measure is Measure.NIGHTS:
            form = self._catalogue.ngettext("%(count)s night", "%(count)s nights", count)
        else:
            form = self._catalogue.ngettext("%(count)s unit", "%(count)s units", count)
        return form % {"count": self.exact(shown)}
