from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

from kernel.values import clock
from kernel.web import formats

AT = datetime(2026, 11, 21, 10, 42, 31, tzinfo=UTC)


@pytest.fixture
def shown(app: Flask) -> Callable[..., str]:
    """`shown(filter, value)` in a language, British English unless another is given."""

    def show(filter_: Callable[..., str], *values: object, language: str = "en_GB") -> str:
        with app.test_request_context("/"), force_locale(language):
            return filter_(*values)

    return show


def test_a_moment_has_no_seconds_and_the_language_its_order(shown: Callable[..., str]) -> None:
    assert shown(formats.moment, AT) == "21 Nov 2026, 10:42"
    assert shown(formats.moment, AT, language="fr") == "21 nov. 2026, 10:42"
    assert "2026" in shown(formats.moment, AT, language="ar")


def test_days_are_british_in_english(shown: Callable[..., str]) -> None:
    assert shown(formats.day, date(2026, 11, 2)) == "2 November 2026"
    assert shown(formats.short_day, date(2026, 11, 2)) == "2 Nov 2026"


def test_what_just_happened_is_told_by_its_age_and_the_rest_by_its_day(
    shown: Callable[..., str],
) -> None:
    with clock.frozen(AT):
        assert shown(formats.ago, AT - timedelta(hours=2)) == "2 hours ago"
        assert shown(formats.ago, AT - timedelta(days=8)) == "13 Nov 2026"


def test_signs_are_real_ones(shown: Callable[..., str]) -> None:
    assert shown(formats.signed, -700) == "\N{MINUS SIGN}700"
    assert shown(formats.signed, Decimal("1250.5")) == "+1,250.5"
    assert shown(formats.signed, 0) == "0"


def test_money_carries_its_currency(shown: Callable[..., str]) -> None:
    assert shown(formats.money, Decimal("-1250.5"), "GBP") == "\N{MINUS SIGN}£1,250.50"
    assert shown(formats.money, Decimal(5), "GBP", True) == "+£5.00"
    assert shown(formats.money, Decimal(1250), "JPY") == "JP¥1,250"
