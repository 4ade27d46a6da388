"""The list of alumni for those who look after them."""

import io

import pytest
from python_calamine import CalamineWorkbook

from training.alumni import queries
from training.alumni.queries import AlumniFilter


@pytest.fixture
def browser(browser_for, officer):
    return browser_for(officer)


@pytest.fixture
def cohort(factory, attended):
    """Three people of two workshops: two of them in the first, one declaring no gender."""
    people = [factory.actor(f"{name} Fictional") for name in ("Amina", "Burak", "Chidi")]
    first = attended(people[0], title="First workshop", country="TZ")
    attended(people[1], title="Second workshop", gender="male", country="FJ", year=2016)
    attended(people[2], title="Third workshop", gender="not_declared", country="FJ", year=2017)
    attended(people[0], title="Fourth workshop", country="FJ", year=2018)
    return first


def names(page):
    return [n for n in ("Amina", "Burak", "Chidi") if f"{n} Fictional" in page.text]


def counts(page):
    """The figures above the list."""
    return {e.findtext("dt"): e.findtext("dd") for e in page.document.find(".//main//dl")}


def test_without_alumni_the_page_says_when_there_will_be_some(browser):
    assert "No alumni yet" in browser.get("/training/alumni").text


def test_everybody_is_listed_once_and_counted_by_gender(browser, cohort):
    page = browser.get("/training/alumni")
    assert "3 people" in page.text
    assert counts(page) == {"Women": "1", "Men": "1", "Another gender": "0", "Not declared": "1"}
    assert names(page) == ["Amina", "Burak", "Chidi"]


def test_country_and_gender_are_those_of_the_latest_registration(inside, cohort):
    with inside():
        (amina,) = queries.all_alumni(AlumniFilter(text="amina"))
    assert (amina.country, amina.workshops, amina.minutes) == ("FJ", 2, 1920)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=BURAK", ["Burak"]),
        ("country=FJ", ["Amina", "Burak", "Chidi"]),
        ("country=TZ", []),
        ("q=%25", []),
        ("country=nowhere&page=zero", ["Amina", "Burak", "Chidi"]),  # not understood, not asked
    ],
)
def test_filters_narrow_the_list_and_its_counts(browser, cohort, query, found):
    page = browser.get(f"/training/alumni?{query}")
    assert names(page) == found
    assert ("Nobody matches" in page.text) == (not found)


def test_the_people_of_one_workshop_are_found(browser, cohort):
    page = browser.get(f"/training/alumni?workshop_id={cohort}")
    assert names(page) == ["Amina"]
    assert counts(page)["Women"] == "1"
    assert counts(page)["Men"] == "0"


def test_exports_hold_exactly_what_is_filtered(browser, cohort):
    csv = browser.get("/training/alumni/export.csv?q=burak").response.get_data(as_text=True)
    assert '"Burak Fictional","Male","Fiji","FJ"' in csv
    assert "Amina" not in csv
    content = browser.get("/training/alumni/export.xlsx?q=burak").response.data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Name", "Burak Fictional"]


def test_a_page_of_three_costs_the_queries_of_a_page_of_one(browser, attended, factory, queries):
    attended(factory.actor())
    browser.get("/training/alumni")
    with queries() as one:
        browser.get("/training/alumni")
    attended(factory.actor(), factory.actor(), year=2016)
    with queries() as three:
        browser.get("/training/alumni")
    assert len(three) == len(one)


def test_a_member_learns_of_no_list(browser_for, factory):
    assert browser_for(factory.actor()).get("/training/alumni").status == 404


def test_the_api_lists_and_counts_like_the_page(app, officer, api_token, tenant, cohort):
    answer = app.test_client().get(
        "/api/v1/alumni",
        query_string={"country": "FJ"},
        base_url=f"http://{tenant.host}",
        headers={"Authorization": f"Bearer {api_token(officer)}"},
    )
    assert answer.json["total"] == 3
    assert [one["name"][:5] for one in answer.json["items"]] == ["Amina", "Burak", "Chidi"]
    assert {each["gender"]: each["people"] for each in answer.json["by_gender"]} == {
        "female": 1,
        "male": 1,
        "not_declared": 1,
    }
