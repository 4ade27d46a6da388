"""Importing the six workshops of the source."""

import pytest

from kernel.errors import Forbidden, NotFound, Refused
from kernel.values.partial_dates import PartialDate
from training.workshops import service
from training.workshops.queries import list_workshops

HEAD = b"programme,event,city,country,region,month\n"


def refused_rows(run, content):
    with pytest.raises(Refused) as refused:
        run(content)
    return [(row["row"], row["column"], row["value"]) for row in refused.value.data["rows"]]


def test_an_import_is_on_the_trail_with_what_it_did_and_the_name_of_the_file(
    inside, import_events, officer, trail
):
    import_events()
    import_events()
    with inside():
        first, again = trail("workshops.imported")
        assert (first.actor_id, first.object_kind) == (officer.person_id, "tenant")
        assert first.object_label == "events.csv"
        assert first.after == {"created": 6, "updated": 0, "unchanged": 0}
        assert again.after == {"created": 0, "updated": 0, "unchanged": 6}


def test_the_six_workshops_are_loaded_with_their_months_and_no_day(inside, import_events):
    result = import_events()
    assert (result.created, result.updated, result.unchanged) == (6, 0, 0)
    with inside():
        found = list_workshops()
    assert [(w.programme, str(w.held), w.city, w.region) for w in found] == [
        ("CEP", "2017-11", "Apia", "Pacific"),
        ("JEP", "2015-08", "Gaborone", "Africa"),
        ("JEP", "2015-03", "New Delhi", "Asia"),
        ("JEP", "2014-09", "Kingston", "Caribbean and Americas"),
        ("JEP", "2014-03", "Canberra", "Pacific"),
        ("JEP", "2013-10", "New Delhi", None),
    ]
    assert all(w.held.day is None and w.held.as_date is None for w in found)
    assert all(w.source.startswith("Commonwealth Secretariat") for w in found)
    assert {w.state for w in found} == {"delivered"}


def test_importing_the_same_file_again_changes_nothing(inside, import_events, trail):
    import_events()
    again = import_events()
    assert (again.created, again.updated, again.unchanged) == (0, 0, 6)
    with inside():
        assert len(list_workshops()) == 6
        assert len(trail("workshop.created")) == 6
        assert trail("workshop.changed") == []
        assert [entry.after["code"] for entry in trail("programme.opened")] == ["JEP", "CEP"]


def test_a_file_that_knows_more_completes_a_workshop(inside, import_events, trail):
    import_events()
    row = b"jep,Africa region workshop,Gaborone,BW,Africa,2015-08-03\n"
    result = import_events(HEAD + row)
    assert (result.created, result.updated) == (0, 1)
    with inside():
        held = {str(w.held) for w in list_workshops()}
        changed = trail("workshop.changed")
    assert "2015-08-03" in held
    assert [(entry.before, entry.after) for entry in changed] == [({"day": None}, {"day": 3})]
    import_events()
    with inside():
        assert "2015-08-03" in {str(w.held) for w in list_workshops()}


def test_bad_rows_are_named_and_nothing_is_loaded(inside, import_events, trail):
    content = HEAD + (
        b"JEP,Good one,Apia,WS,,2015-03\n"
        b"JEP,No such month,Apia,WS,,2015-13\n"
        b"JEP,,Apia,XX,,2015-03\n"
    )
    assert refused_rows(import_events, content) == [
        (3, "month", "2015-13"),
        (4, "event", ""),
        (4, "country", "XX"),
    ]
    with inside():
        assert list_workshops() == []
        assert trail("programme.opened") == []


def test_a_region_the_network_does_not_have_is_refused(factory, import_events):
    factory.organisation(region="Africa")
    rows = b"JEP,One,Gaborone,BW,Afrika,2015-08\nJEP,Two,Delhi,IN,Pan-Commonwealth,2015-03\n"
    assert refused_rows(import_events, HEAD + rows) == [(2, "region", "Afrika")]


def test_two_rows_about_one_workshop_must_agree(import_events):
    row = b"JEP,One,Gaborone,BW,,2015-08\n"
    assert import_events(HEAD + row + row, dry_run=True).notes == (
        "Row 3: Same as row 2, taken once.",
    )
    other = b"JEP,One,Maun,BW,,2015-08\n"
    assert [row[0] for row in refused_rows(import_events, HEAD + row + other)] == [3]


@pytest.mark.parametrize("content", [HEAD, b"event,city\nOne,Apia\n"])
def test_a_file_without_rows_or_columns_is_refused_with_what_to_do(import_events, content):
    assert refused_rows(import_events, content)


def test_a_dry_run_loads_nothing(inside, import_events):
    assert import_events(dry_run=True).created == 6
    with inside():
        assert list_workshops() == []


def test_members_import_nothing(inside, member, events_file):
    with inside(), pytest.raises(Forbidden):
        service.event_imports.import_file(member, "events.csv", events_file)


def test_a_file_belongs_to_who_uploaded_it(inside, factory, officer, events_file):
    other = factory.actor(roles=["programme_officer"])
    with inside():
        kept = service.event_imports.keep_upload(officer, "events.csv", events_file)
        with pytest.raises(NotFound):
            service.event_imports.confirm(other, kept.id)
        service.event_imports.confirm(officer, kept.id)
        with pytest.raises(NotFound):
            service.event_imports.preview(officer, kept.id)


@pytest.mark.parametrize("words", ["Gaborone", "Botswana", "Africa region"])
def test_workshops_are_found_by_city_country_and_title(browser_for, member, import_events, words):
    import_events()
    page = browser_for(member).get("/search", query_string={"q": words})
    assert "Africa region workshop" in page.text


def test_a_partial_day_of_a_workshop_is_a_value(inside, import_events):
    import_events(HEAD + b"JEP,Some year,Apia,WS,,2015\n")
    with inside():
        assert list_workshops()[0].held == PartialDate(2015)
