"""The pages of workshops, as an officer and a member use them."""

import csv
import io

import pytest

from tests.factories.training import AGENDA, make_workshop, register
from training.participants.service import lock_attendance
from training.workshops.queries import workshop_of

WORKSHOPS = "/training/workshops"
BAD = b"programme,event,city,country,month\nJEP,=HYPERLINK(1),Apia,WS,soon\nJEP,Two,Apia,XX,2015\n"


def titles(page):
    """The headings of the list, in order."""
    found = [e for e in page.document.iter("h2") if e.get("class") == "row-title"]
    return ["".join(title.itertext()) for title in found]


def rows(page):
    return [["".join(cell.itertext()).strip() for cell in row] for row in page.document.iter("tr")]


@pytest.fixture
def listed(browser_for, member, import_events):
    """The list as a member opens it: `listed(region="…")`."""
    import_events()
    browser = browser_for(member)
    return lambda **asked: browser.get(WORKSHOPS, query_string=asked)


def test_an_officer_imports_the_six_workshops_in_two_steps(upload, events_file):
    check = upload(f"{WORKSHOPS}/import", events_file)
    assert "Import 6 workshops" in check.text
    assert "Whole network" in check.text
    done = upload.browser.submit(check, "Import 6 workshops")
    assert "6 workshops added." in done.text
    assert len(titles(done)) == 6


def test_importing_again_says_that_nothing_changes(upload, import_events, events_file):
    import_events()
    check = upload(f"{WORKSHOPS}/import", events_file)
    assert "The same already 6" in check.text
    done = upload.browser.submit(check, "Import 6 workshops")
    assert "6 workshops were the same already." in done.text
    assert len(titles(done)) == 6


def test_a_change_is_shown_before_it_is_made(upload, import_events, events_file):
    import_events()
    check = upload(f"{WORKSHOPS}/import", events_file.replace(b"Apia", b"Salelologa"))
    assert "City: Apia Salelologa" in check.text


def test_bad_rows_are_shown_by_row_column_and_reason_and_cannot_be_imported(upload):
    page = upload(f"{WORKSHOPS}/import", BAD)
    assert [row[:3] for row in rows(page)[1:]] == [["2", "month", "soon"], ["3", "country", "XX"]]
    assert "2 things to mend" in page.text
    with pytest.raises(AssertionError, match="no button"):
        page.form("Import 1 workshop")


def test_columns_are_chosen_when_their_headings_say_nothing(upload):
    content = b"a,b,c,d,e\nJEP,One,Apia,WS,2015-08\n"
    page = upload(f"{WORKSHOPS}/import", content)
    assert "No column of the file is used for “Programme”" in page.text
    chosen = {"programme": "0", "title": "1", "city": "2", "country": "3", "held": "4"}
    page = upload.browser.submit(page, "Use these columns", **chosen)
    assert "One" in upload.browser.submit(page, "Import 1 workshop").text


def test_a_workshop_shows_its_month_and_no_day(listed):
    page = listed(region="Africa")
    assert titles(page) == ["Africa region workshop"]
    assert "August 2015" in page.text
    assert "1 August 2015" not in page.text


def test_a_workshop_without_a_region_was_for_the_whole_network(listed):
    page = listed(region="none")
    assert titles(page) == ["Pan-Commonwealth workshop (inaugural)"]
    assert "Whole network" in page.text


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 6),
        ({"programme": "CEP"}, 1),
        ({"region": "Pacific"}, 2),
        ({"year": "2014"}, 2),
        ({"year": "2014", "region": "Pacific"}, 1),
        ({"year": "soon"}, 6),
        ({"unknown": "1"}, 6),
    ],
)
def test_filters_live_in_the_address(listed, asked, count):
    assert len(titles(listed(**asked))) == count


def test_filters_nothing_fits_offer_to_be_cleared(listed):
    page = listed(year="2014", programme="CEP")
    assert "No workshop fits" in page.text
    assert page.links()["Clear filters"] == WORKSHOPS


def test_exports_hold_exactly_what_is_filtered(browser_for, member, listed):
    browser = browser_for(member)
    page = listed(region="Pacific")
    answer = browser.get(page.links()["Save as CSV"]).response
    table = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row[:3] for row in table[1:]] == [
        ["CEP", "Pacific region workshop", "2017-11"],
        ["JEP", "Pacific region workshop", "2014-03"],
    ]
    xlsx = browser.get(page.links()["Save as Excel"]).response
    assert xlsx.data[:2] == b"PK"


def test_an_empty_list_tells_an_officer_to_import(browser_for, officer, member):
    page = browser_for(officer).get(WORKSHOPS)
    assert "No workshops yet" in page.text
    assert page.links()["Import workshops"] == f"{WORKSHOPS}/import"
    assert "Import workshops" not in browser_for(member).get(WORKSHOPS).links()


def test_a_member_sees_a_workshop_and_its_agenda_and_no_participant(
    browser_for, inside, member, workshop_id
):
    with inside():
        register(workshop_of(workshop_id), "Neema Fictional", [90])
    page = browser_for(member).get(f"{WORKSHOPS}/{workshop_id}")
    assert "August 2015" in page.text
    assert "Session 8" in page.text
    assert "4/5 (80%): 960 minutes or more" in page.text
    for kept in ("Neema", "neema", "Registered", "What to do next", "Edit workshop"):
        assert kept not in page.html


def test_an_officer_is_told_what_to_do_next(browser_for, inside, officer):
    with inside():
        bare = make_workshop().id
    page = browser_for(officer).get(f"{WORKSHOPS}/{bare}")
    assert "Import the agenda: attendance is counted by its sessions." in page.text
    assert page.links()["Import the agenda"] == f"{WORKSHOPS}/{bare}/agenda/import"


def test_an_officer_is_led_to_the_participants(browser_for, inside, officer, workshop_id):
    browser = browser_for(officer)
    page = browser.get(f"{WORKSHOPS}/{workshop_id}")
    assert browser.get(page.links()["Import participants"]).status == 200
    with inside():
        register(workshop_of(workshop_id), minutes=[90])
    page = browser.get(f"{WORKSHOPS}/{workshop_id}")
    assert "lock attendance: that records who took part." in page.text
    assert browser.get(page.links()["Participants"]).status == 200


def test_an_officer_is_told_of_certificates_to_issue(browser_for, inside, officer, workshop_id):
    with inside():
        register(workshop_of(workshop_id), minutes=AGENDA)
        lock_attendance(officer, workshop_id, version=1)
    page = browser_for(officer).get(f"{WORKSHOPS}/{workshop_id}")
    assert "Issue certificates to those who reached the threshold." in page.text
    assert page.links()["Certificates"].endswith("/certificates")
    assert "Import the agenda again" not in page.links()


def test_nothing_is_left_to_do_when_nobody_earned_a_certificate(
    browser_for, inside, officer, workshop_id
):
    with inside():
        register(workshop_of(workshop_id), minutes=[90])
        lock_attendance(officer, workshop_id, version=1)
    assert "What to do next" not in browser_for(officer).get(f"{WORKSHOPS}/{workshop_id}").text


def test_an_officer_imports_an_agenda_and_the_day_stays_unknown(
    upload, inside, import_events, agenda_file
):
    import_events()
    listed = upload.browser.get(WORKSHOPS, query_string={"region": "Africa"})
    address = listed.links()["Africa region workshop"]
    check = upload(f"{address}/agenda/import", agenda_file)
    assert "3 August 2015" in check.text
    done = upload.browser.submit(check, "Import 8 sessions")
    assert "8 sessions added." in done.text
    assert ["Total", "1,200"] in rows(done)
    assert "The source does not tell the day." in done.text


def test_an_agenda_that_would_lose_minutes_is_refused_with_its_reason(
    upload, inside, workshop_id, agenda_file
):
    with inside():
        register(workshop_of(workshop_id), minutes=[90])
    page = upload(
        f"{WORKSHOPS}/{workshop_id}/agenda/import", agenda_file.replace(b"cycle,90", b"cycle,9")
    )
    assert "Somebody attended 90 minutes of this session." in page.text
    with pytest.raises(AssertionError, match="no button"):
        page.form("Import 8 sessions")


def test_an_officer_writes_down_a_workshop_by_hand(browser_for, officer):
    browser = browser_for(officer)
    form = browser.get(f"{WORKSHOPS}/new")
    typed = {"programme": "CEP", "title": "By hand", "city": "Suva", "country": "FJ"}
    page = browser.submit(form, "Add the workshop", **typed, held="2027", threshold="75 %")
    assert "The workshop was added." in page.text
    assert "3/4 (75%)" in page.text


def test_what_cannot_be_understood_is_said_at_its_field_and_kept(browser_for, officer):
    browser = browser_for(officer)
    form = browser.get(f"{WORKSHOPS}/new")
    typed = {"programme": "CEP", "title": "By hand", "city": "Suva", "country": "FJ"}
    page = browser.submit(form, "Add the workshop", **typed, held="August 2027", threshold="80")
    assert page.status == 422
    assert len(page.errors) == 2
    assert 'value="August 2027"' in page.html
    assert "2015, 2015-08 or 2015-08-03" in page.errors[0]
    assert "4/5 or 80 %" in page.errors[1]


def test_the_same_title_and_month_twice_is_refused_at_the_title(
    browser_for, officer, import_events
):
    import_events()
    browser = browser_for(officer)
    typed = {"programme": "JEP", "title": "Africa region workshop", "held": "2015-08"}
    form = browser.get(f"{WORKSHOPS}/new")
    page = browser.submit(form, "Add the workshop", **typed, city="Maun", country="BW")
    assert page.status == 422
    assert "Enter another title." in page.errors[0]


def test_the_second_of_two_savers_sees_both_versions(browser_for, officer, workshop_id):
    browser = browser_for(officer)
    first, second = (browser.get(f"{WORKSHOPS}/{workshop_id}/edit") for _ in range(2))
    assert "The workshop was saved." in browser.submit(first, "Save", city="Maun").text
    page = browser.submit(second, "Save", city="Francistown")
    assert page.status == 409
    assert "Maun" in page.text
    assert "Francistown" in page.html


@pytest.mark.parametrize("path", ["/new", "/import", "/{id}/edit", "/{id}/agenda/import"])
def test_members_change_nothing(browser_for, member, workshop_id, path):
    assert browser_for(member).get(WORKSHOPS + path.format(id=workshop_id)).status == 403


def test_the_list_costs_the_same_for_one_and_three(browser_for, inside, officer, queries):
    browser = browser_for(officer)
    counts = []
    for number in (1, 2):
        with inside():
            for _ in range(number):
                make_workshop(minutes=[60])
        with queries() as seen:
            browser.get(WORKSHOPS)
        counts.append(len(seen))
    assert counts[0] == counts[1]
