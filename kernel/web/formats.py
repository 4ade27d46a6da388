"""Template filters for days, times and numbers, in the language and zone of the reader."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from flask import Flask
from flask_babel import (
    format_currency,
    format_date,
    format_decimal,
    format_time,
    format_timedelta,
    get_locale,
    to_user_timezone,
)
from markupsafe import Markup

from kernel.values import clock
from kernel.values.countries import country_name
from kernel.values.prose import rendered

MINUS = "\N{MINUS SIGN}"


def day(value: dt.date) -> str:
    """21 November 2026."""
    return str(format_date(value, "long"))


def short_day(value: dt.date) -> str:
    """21 Nov 2026, for tables."""
    return str(format_date(value, "medium"))


def moment(value: dt.datetime) -> str:
    """21 Nov 2026, 10:42, in the reader's zone."""
    joined = (get_locale() or Locale("en", "GB")).datetime_formats["medium"]
    date = short_day(to_user_timezone(value).date())
    return str(joined).replace("{1}", date).replace("{0}", format_time(value, "short"))


def ago(value: dt.datetime) -> str:
    """2 hours ago; after a week, the day itself."""
    passed = clock.now() - value
    if passed > dt.timedelta(days=7):
        return short_day(to_user_timezone(value).date())
    return str(format_timedelta(-passed, granularity="minute", add_direction=True))


def number(value: Decimal | int) -> str:
    """1,250."""
    return str(format_decimal(value))


def exact(value: Decimal | int) -> str:
    """1,250.50: digit for digit as the value has it."""
    return exact_writer(str(get_locale() or "en_GB"))(value)


@lru_cache(maxsize=32)
def exact_writer(locale: str) -> Callable[[Decimal | int], str]:
    """`exact` for one locale, many times faster than Babel: for long tables."""
    symbols = Locale.parse(locale).number_symbols["latn"]
    group, point = symbols["group"], symbols["decimal"]

    def english(value: Decimal | int) -> str:
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"

    def write(value: Decimal | int) -> str:
        text = english(value)
        return text.replace(",", "\0").replace(".", point).replace("\0", group)

    return english if (group, point) == (",", ".") else write


def signed(value: Decimal | int) -> str:
    """Show +1,250 and −700 with a real minus sign; nothing before zero."""
    return _with_sign(value, number(-value if value < 0 else value))


def money(value: Decimal | int, currency: str, sign: bool = False) -> str:
    """£1,250.00; with `sign`, +£1,250.00 or −£700.00."""
    text = str(format_currency(-value if value < 0 else value, currency))
    return _with_sign(value, text) if sign or value < 0 else text


def country(code: str | None) -> str:
    """Namibia, for NA; nothing for no country."""
    locale = get_locale()
    return country_name(code, locale.language if locale else "en") if code else ""


def prose(text: str) -> Markup:
    """What somebody wrote in Markdown, as harmless markup."""
    return rendered(text)


def _with_sign(value: Decimal | int, text: str) -> str:
    if not value:
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"


def init_formats(app: Flask) -> None:
    """Register the filters under their own names."""
    for filter_ in (day, short_day, moment, ago, number, exact, signed, money, country, prose):
        app.jinja_env.filters[filter_.__name__] = filter_
