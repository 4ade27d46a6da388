from decimal import Decimal

import pytest
from flask_babel import force_locale, format_decimal

from kernel.web.formats import exact

NUMBERS = ["0", "12", "1250.50", "1234567.891", "-1250.5", "0.00"]


@pytest.mark.parametrize("locale", ["en_GB", "fr", "ar", "pt", "es"])
@pytest.mark.parametrize("number", NUMBERS)
def test_exact_writes_numbers_as_babel_does(app, locale, number):
    value = Decimal(number)
    places = max(0, -value.as_tuple().exponent)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    with app.test_request_context(), force_locale(locale):
        assert exact(value) == format_decimal(value, pattern).replace("\u200e", "")


def test_exact_writes_whole_numbers(app):
    with app.test_request_context(), force_locale("fr"):
        assert exact(1250) == "1\u202f250"
