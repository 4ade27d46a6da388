"""The pages of participants."""

import io
from pathlib import Path

import pytest

from training.participants import queries, service
from training.workshops.queries import workshop_of

DATA = Path(__file__).parents[3] / "demo" / "data"
FULL = (90, 180, 180, 120, 180, 120, 240, 90)


@pytest.fixture
def address(workshop_id):
    """The list of the workshop's participants."""
    return f"/training/workshops/{workshop_id}/participants"


@pytest.fixture
def browser(browser_for, officer):
    """The browser of somebody who runs workshops."""
    return browser_for(officer)


@pytest.fixture
def upload(browser, address):
    """`upload(name)` sends a file of the test data and arrives at its check."""

    def send(name):
        content = (DATA / name).read_bytes()
        page = browser.get(f"{address}/import")
        return browser.submit(page, "Go on", file=(io.BytesIO(content), name))

    return send


@pytest.fixture
def lock(inside, officer, workshop_id):
    """`lock()` locks the attendance of the workshop."""

    def act():
        with inside():
            version = workshop_of(workshop_id).version
            service.lock_attendance(officer, workshop_id, version=version)

    return act


def rows(page, table):
    body = page.document.find(f".//table[@id='{table}']/tbody")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in body]


def figures(page):
    """The figures at the top of a page, by what they count."""
    return {
        "".join(group.find("dt").itertext()): "".join(group.find("dd").itertext())
        for group in page.document.findall(".//dl[@class='stats']/div")
    }


def test_the_clean_file_goes_from_upload_to_list(browser, upload, address):
    check = upload("participants_clean_fictional.csv")
    assert figures(check) == {"Added": "29", "Changed": "0", "The same already": "0"}
    listed = browser.submit(check, "Import 29 participants")
    assert listed.path == address
    assert "29 participants added." in listed.text
    people = rows(listed, "participants")
    assert len(people) == 29
    assert ["Sibusiso Nkambule", "Eswatini", "960", "Male", "Earned a certificate"] in people
    assert ["Jean-Paul Mbarga", "Cameroon", "959", "Male", "Took part"] in people
    assert ["Kagiso Tau", "Botswana", "0", "Male", "Did not attend"] in people
    assert rows(listed, "genders") == [
        ["Female", "18", "17", "1", "0"],
        ["Male", "10", "7", "2", "1"],
        ["Other", "0", "0", "0", "0"],
        ["Not declared", "1", "1", "0", "0"],
    ]


def test_the_office_file_is_refused_until_its_bad_rows_are_left_out(browser, upload, address):
    check = upload("participants_dirty_fictional.csv")
    assert "5 things to mend" in check.text
    assert [row[:3] for row in rows(check, "errors")] == [
        ["32", "Country", "XX"],
        ["33", "S8", "95"],
        ["34", "Full name", "–"],
        ["35", "E-mail", "p93[at]example.org"],
        ["36", "S1", "-5"],
    ]
    some = browser.submit(check, "Leave out the rows ticked", left_out=["32", "33"])
    assert [row[0] for row in rows(some, "errors")] == ["34", "35", "36"]
    all_of_them = browser.submit(
        some, "Leave out the rows ticked", left_out=["32", "33", "34", "35", "36"]
    )
    assert "5 rows are left out." in all_of_them.text
    assert "Row 31: Same as row 3, taken once." in all_of_them.text
    listed = browser.submit(all_of_them, "Import 30 participants")
    assert len(rows(listed, "participants")) == 30


def test_leaving_out_is_checked_again_when_it_is_confirmed(browser, upload, address):
    check = upload("participants_dirty_fictional.csv")
    answer = browser.post(
        f"{check.path}/confirm", data={"csrf_token": _csrf(check), "left_out": "32"}
    )
    assert answer.status == 422
    assert rows_of(browser, address) == 0


def _csrf(page):
    return next(
        e.get("value") for e in page.document.iter("input") if e.get("name") == "csrf_token"
    )


def rows_of(browser, address):
    page = browser.get(address)
    return len(rows(page, "participants")) if 'id="participants"' in page.html else 0


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("standing=earned", ["A Fictional"]),
        ("standing=took_part", ["B Fictional"]),
        ("standing=absent", ["C Fictional"]),
        ("country=KE", ["B Fictional"]),
        ("gender=male", ["C Fictional"]),
        ("gender=female&standing=earned", ["A Fictional"]),
        ("q=a+fict", ["A Fictional"]),
        ("q=B.FICT", ["B Fictional"]),
        ("q=nobody", []),
        ("standing=nonsense&country=XX", ["A Fictional", "B Fictional", "C Fictional"]),
    ],
)
def test_the_filter_stands_in_the_address(browser, address, workshop_id, register, query, names):
    register(workshop_id, "A Fictional", FULL)
    register(workshop_id, "B Fictional", (1,), country="KE")
    register(workshop_id, "C Fictional", gender="male")
    page = browser.get(f"{address}?{query}")
    found = [row[0] for row in rows(page, "participants")] if names else []
    assert found == names
    assert bool(names) != ("Nobody fits" in page.text)
    csv = browser.get(f"{address}/export.csv?{query}").response.get_data(as_text=True)
    assert [name for name in ("A", "B", "C") if f'"{name} Fictional"' in csv] == [
        name[0] for name in names
    ]


def test_the_spreadsheet_neutralises_a_formula_and_can_be_imported_again(
    browser, address, workshop_id, register, inside, officer
):
    register(workshop_id, '=HYPERLINK("http://127.0.0.1")', FULL, address="h@example.org")
    csv = browser.get(f"{address}/export.csv").response.data
    assert b"\"'=HYPERLINK" in csv
    with inside():
        again = service.import_file(officer, workshop_id, "p.csv", csv)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    assert browser.get(f"{address}/export.xlsx").response.data.startswith(b"PK")


def test_minutes_are_corrected_as_offices_write_them(browser, address, workshop_id, register):
    participant_id = register(workshop_id, minutes=(90,))
    page = browser.get(f"{address}/{participant_id}")
    fields = [e.get("name") for e in page.document.iter("input") if "minutes_" in e.get("name", "")]
    saved = browser.submit(page, "Save minutes", **{fields[1]: "1h30", fields[2]: "180 min"})
    assert "The minutes were saved." in saved.text
    assert "360 of 1,200" in saved.text


def test_minutes_beyond_the_session_are_refused_by_name_and_what_was_typed_stays(
    browser, address, workshop_id, register
):
    participant_id = register(workshop_id, minutes=(90,))
    page = browser.get(f"{address}/{participant_id}")
    first, second = [
        e.get("name") for e in page.document.iter("input") if "minutes_" in e.get("name", "")
    ][:2]
    refused = browser.submit(page, "Save minutes", **{first: "91", second: "ninety"})
    assert refused.status == 422
    assert refused.errors == [
        "Session S1 lasts 90 minutes. Enter 0 to 90.",
        "Enter the minutes attended, 0 or more, for example 90 or 1h30.",
    ]
    kept = {e.get("name"): e.get("value") for e in refused.document.iter("input")}
    assert (kept[first], kept[second]) == ("91", "ninety")


def test_a_locked_correction_needs_its_reason_and_keeps_the_minutes_typed(
    browser, address, workshop_id, register, lock
):
    participant_id = register(workshop_id, minutes=(90,))
    lock()
    page = browser.get(f"{address}/{participant_id}")
    name = next(
        e.get("name") for e in page.document.iter("input") if "minutes_" in e.get("name", "")
    )
    refused = browser.submit(page, "Save minutes", **{name: "45"})
    assert refused.status == 422
    assert refused.errors == ["Attendance is locked. Enter the reason why it is corrected."]
    assert {e.get("name"): e.get("value") for e in refused.document.iter("input")}[name] == "45"
    saved = browser.submit(refused, "Save minutes", reason="Signed sheet found")
    assert "45 of 1,200" in saved.text


def test_two_officers_meet_on_one_page_with_both_versions(
    browser_for, factory, address, workshop_id, register
):
    participant_id = register(workshop_id, minutes=(90,))
    one, two = (
        browser_for(factory.actor(f"{n} Fictional", roles=["programme_officer"])) for n in "AB"
    )
    page = one.get(f"{address}/{participant_id}")
    name = next(
        e.get("name") for e in page.document.iter("input") if "minutes_" in e.get("name", "")
    )
    two.submit(two.get(page.path), "Save minutes", **{name: "30"})
    conflict = one.submit(page, "Save minutes", **{name: "60"})
    assert conflict.status == 409
    assert "30" in conflict.text
    assert "60" in conflict.text
    assert "60 of 1,200" in one.submit(conflict, "Save mine over theirs").text


def test_locking_tells_first_and_then_records(browser, address, workshop_id, register):
    register(workshop_id, "A Fictional", FULL)
    register(workshop_id, "B Fictional", (1,))
    register(workshop_id, "C Fictional", (0,) * 8)
    page = browser.get(f"{address}/lock")
    assert figures(page) == {"Earn a certificate": "1", "Took part": "1", "Did not attend": "1"}
    assert "7 sessions of participants have no minutes on record." in page.text
    listed = browser.submit(page, "Lock attendance")
    assert "2 participations were recorded." in listed.text
    assert "Attendance is final since" in listed.text
    assert browser.get(f"{address}/lock").status == 422


def test_locking_other_figures_than_were_shown_shows_them_again(
    browser, address, workshop_id, register
):
    register(workshop_id, "A Fictional", FULL)
    page = browser.get(f"{address}/lock")
    register(workshop_id, "B Fictional", FULL)
    again = browser.submit(page, "Lock attendance")
    assert again.status == 409
    assert figures(again)["Earn a certificate"] == "2"
    assert "are recorded" not in browser.get(address).text
    assert "2 participations were recorded." in browser.submit(again, "Lock attendance").text


def test_an_empty_list_says_what_to_do_next(browser, address):
    page = browser.get(address)
    assert "Nobody is registered yet" in page.text
    assert f"{address}/import" in page.links().values()


def test_somebody_is_added_by_hand_and_taken_off_again(browser, address, inside, workshop_id):
    page = browser.get(f"{address}/add")
    facts = {"name": "Neema Fictional", "address": "not an address"}
    refused = browser.submit(page, "Add the participant", **facts)
    assert refused.errors == [
        "Choose a country for “Country”.",
        "Enter a mail address like name@example.org.",
    ]
    mended = {"country": "TZ", "address": "neema@example.org"}
    person = browser.submit(refused, "Add the participant", **mended)
    assert "The participant was added." in person.text
    assert [row[0] for row in rows(browser.get(address), "participants")] == ["Neema Fictional"]
    gone = browser.submit(person, "Take off the list")
    assert "Neema Fictional was taken off the list." in gone.text
    with inside():
        assert queries.standings_of(workshop_id) == []


def test_after_the_lock_somebody_is_added_with_a_reason_and_lands_on_her_minutes(
    browser, address, workshop_id, register, lock
):
    register(workshop_id, "Ama Fictional", FULL)
    lock()
    page = browser.get(browser.get(address).links()["Add a participant"])
    assert "(optional)" not in page.text
    facts = {"name": "Neema Fictional", "country": "TZ", "address": "neema@example.org"}
    refused = browser.submit(page, "Add the participant", **facts)
    assert refused.errors == ["Attendance is locked. Enter the reason why it is corrected."]
    kept = {e.get("name"): e.get("value") for e in refused.document.iter("input")}
    assert kept["name"] == "Neema Fictional"
    person = browser.submit(refused, "Add the participant", reason="On the signed sheet")
    assert "0 of 1,200" in person.text
    assert "Take off the list" not in person.text


def test_nobody_but_who_runs_workshops_knows_of_the_list(
    browser_for, factory, address, workshop_id, register
):
    participant_id = register(workshop_id)
    member = browser_for(factory.actor())
    for path in ("", "/add", "/import", "/lock", f"/{participant_id}", "/export.csv"):
        assert member.get(f"{address}{path}").status == 404


def test_a_participant_of_another_workshop_is_not_found_here(
    browser, address, earlier_workshop, register
):
    assert browser.get(f"{address}/{register(earlier_workshop)}").status == 404


def test_the_list_costs_as_many_queries_for_three_people_as_for_one(
    browser, address, workshop_id, register, queries
):
    register(workshop_id, "A Fictional", FULL)
    browser.get(address)
    with queries() as one:
        browser.get(address)
    register(workshop_id, "B Fictional", FULL)
    register(workshop_id, "C Fictional", FULL)
    with queries() as three:
        browser.get(address)
    assert len(one) == len(three)


def test_a_name_is_corrected_on_a_form_of_its_own(browser, address, workshop_id, register, lock):
    participant_id = register(workshop_id, "Nema Fictional", FULL)
    page = browser.get(f"{address}/{participant_id}")
    page = browser.get(page.links()["Correct name or address"])
    assert "Reason for the correction" not in page.text
    refused = browser.submit(page, "Save", address="nowhere")
    assert refused.errors == ["Enter a mail address like name@example.org."]
    done = browser.submit(page, "Save", name="Neema Fictional")
    assert "The participant was corrected." in done.text
    assert "Neema Fictional" in done.title
    lock()
    page = browser.get(f"{address}/{participant_id}/correct")
    refused = browser.submit(page, "Save", name="Neema Surname Fictional")
    assert refused.errors == ["Attendance is locked. Enter the reason why it is corrected."]
    done = browser.submit(refused, "Save", reason="Passport seen")
    assert "Neema Surname Fictional" in done.title


def test_of_two_rows_that_contradict_each_other_either_can_be_left_out(browser, address):
    content = (
        b"Full name,Gender,Country,E-mail,S1\n"
        b"Neema Fictional,F,TZ,neema@example.org,90\n"
        b"Neema F. Fictional,F,TZ,neema@example.org,45\n"
    )
    page = browser.get(f"{address}/import")
    check = browser.submit(page, "Go on", file=(io.BytesIO(content), "two.csv"))
    boxes = [e.get("value") for e in check.document.iter("input") if e.get("name") == "left_out"]
    assert boxes == ["3", "2"]
    good = browser.submit(check, "Leave out the rows ticked", left_out=["2"])
    assert "1 row is left out." in good.text
    assert "Row 2: Row 3 is about the same person and says something else." in good.text
    listed = browser.submit(good, "Import 1 participant")
    assert "Neema F. Fictional" in listed.text
