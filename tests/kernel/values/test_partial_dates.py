"""Days known as far as a source tells."""

from datetime import date

import pytest

from kernel.values.partial_dates import PartialDate


@pytest.mark.parametrize("text", ["2015", "2015-08", "2015-08-03"])
def test_a_partial_date_is_read_and_written_as_it_is_known(text):
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["", "15", "2015-13", "2015-02-30", "2015-8", "August 2015"])
def test_what_no_calendar_has_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


def test_a_day_without_month_is_refused():
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(2015, None, 3)


def test_an_unknown_day_is_not_invented():
    assert PartialDate.parse("2015-08").as_date is None
    assert PartialDate.parse("2015-08-03").as_date == date(2015, 8, 3)
