"""Template filters for days, times and numbers, in the language and zone of the reader."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal
from flask import Flask
from markupsafe import Markup

from kernel.errors import N_
from kernel.values import clock
from kernel.values.bodies import FALLBACK_NAME, country_of_fallback
from kernel.values.countries import country_name
from kernel.values.partial_dates import PartialDate, in_words
from kernel.values.prose import rendered
from kernel.web.languages import reader

MINUS = "\N{MINUS SIGN}"


def day(value: dt.date) -> str:
    """21 November 2026."""
    return _date(value, "long", reader().locale)


def short_day(value: dt.date) -> str:
    """21 Nov 2026, for tables."""
    return _date(value, "medium", reader().locale)


def partial_day(value: PartialDate) -> str:
    """August 2015, or 3 August 2015, or 2015: as far as it is known."""
    return in_words(value, reader().locale)


def moment(value: dt.datetime) -> str:
    """21 Nov 2026, 10:42, in the reader's zone."""
    at = reader()
    local = value.astimezone(at.zone)
    return _moment(local.date(), local.hour, local.minute, at.locale)


def time_of_day(value: dt.datetime) -> str:
    """10:42, in the reader's zone."""
    at = reader()
    return format_time(value.astimezone(at.zone).time(), "short", locale=at.locale)


def ago(value: dt.datetime) -> str:
    """2 hours ago; within the first minute just now, after a week the day itself."""
    at = reader()
    passed = clock.now() - value
    if passed < dt.timedelta(minutes=1):
        return at.catalogue.gettext(N_("just now"))
    if passed > dt.timedelta(days=7):
        return _date(value.astimezone(at.zone).date(), "medium", at.locale)
    return _ago(passed // dt.timedelta(minutes=1), at.locale)


def until(value: dt.datetime) -> str:
    """In 3 days, counted by the reader's calendar; on the day itself in hours, after two weeks the day."""
    at = reader()
    now = clock.now()
    # A deadline that is the end of a day belongs to that day, not to the next.
    last = (value - dt.timedelta(microseconds=1)).astimezone(at.zone).date()
    days = (last - now.astimezone(at.zone).date()).days
    if abs(days) > 14:
        return _date(last, "medium", at.locale)
    if days:
        return _in(days * 24, "day", at.locale)
    return _in(round((value - now) / dt.timedelta(hours=1)) or 1, "hour", at.locale)


# A page says the same few days and spans over and over, and Babel works each out anew.
@lru_cache(maxsize=4096)
def _date(value: dt.date, form: Literal["long", "medium"], locale: str) -> str:
    return format_date(value, form, locale=locale)


@lru_cache(maxsize=4096)
def _moment(date: dt.date, hour: int, minute: int, locale: str) -> str:
    joined = str(Locale.parse(locale).datetime_formats["medium"])
    time = format_time(dt.time(hour, minute), "short", locale=locale)
    return joined.replace("{1}", _date(date, "medium", locale)).replace("{0}", time)


@lru_cache(maxsize=4096)
def _ago(minutes: int, locale: str) -> str:
    passed = dt.timedelta(minutes=-minutes)
    return format_timedelta(passed, granularity="minute", add_direction=True, locale=locale)


@lru_cache(maxsize=4096)
def _in(hours: int, unit: Literal["day", "hour"], locale: str) -> str:
    span = dt.timedelta(hours=hours)
    return format_timedelta(
        span, granularity=unit, threshold=1000, add_direction=True, locale=locale
    )


def number(value: Decimal | int) -> str:
    """1,250."""
    return format_decimal(value, locale=reader().locale)


def exact(value: Decimal | int) -> str:
    """1,250.50: digit for digit as the value has it."""
    return exact_writer(reader().locale)(value)


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
    text = format_currency(-value if value < 0 else value, currency, locale=reader().locale)
    return _with_sign(value, text) if sign or value < 0 else text


def country(code: str | None) -> str:
    """Namibia, for NA; nothing for no country."""
    return country_name(code, _language()) if code else ""


def language_name(code: str) -> str:
    """French, for fr; the code itself of a language without a name in the reader's."""
    return str(Locale.parse(_language()).languages.get(code, code))


def _language() -> str:
    return reader().locale.partition("_")[0]


def organisation_name(name: str) -> str:
    """The name of an organisation; one we made up for want of its own, in the reader's language."""
    code = country_of_fallback(name)
    if code is None:
        return name
    return str(reader().catalogue.gettext(FALLBACK_NAME)) % {"country": country(code)}


def prose(text: str) -> Markup:
    """What somebody wrote in Markdown, as harmless markup."""
    return _prose(text)


# A topic is read many times for each time it is written in; the text is the whole key of its markup.
_prose = lru_cache(maxsize=1024)(rendered)


def _with_sign(value: Decimal | int, text: str) -> str:
    if not value:
        return text
    return f"+{text}" if value > 0 else f"{MINUS}{text}"


FILTERS = (
    day, short_day, partial_day, moment, ago, until, number, exact, signed, money, country,
    organisation_name, prose,
)  # fmt: skip


def init_formats(app: Flask) -> None:
    """Register the filters under their own names."""
    for filter_ in FILTERS:
        app.jinja_env.filters[filter_.__name__] = filter_
