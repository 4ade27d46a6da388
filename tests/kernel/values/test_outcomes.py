"""What a row of a file does to the record it is about."""

from kernel.values.outcomes import Change, Outcome, compared


def test_a_row_without_a_record_creates_one_with_all_it_gives():
    told = compared({"city": "Apia"}, None)
    assert (told.outcome, told.values) == (Outcome.CREATED, {"city": "Apia"})


def test_only_what_differs_is_written():
    told = compared({"city": "Apia", "year": 2017}, {"city": "Suva", "year": 2017, "month": 11})
    assert told.outcome is Outcome.UPDATED
    assert told.values == {"city": "Apia"}
    assert told.changes == (Change("city", "Suva", "Apia"),)


def test_a_row_that_says_the_same_changes_nothing():
    told = compared({"city": "Apia"}, {"city": "Apia", "year": 2017})
    assert (told.outcome, told.values, told.changes) == (Outcome.UNCHANGED, {}, ())
