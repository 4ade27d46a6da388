"""The directory of people: whom it lists, what its filters find, and what its files hold."""

import csv
import io
from datetime import date

import pytest

from kernel.db import db
from network.people import lists, service
from network.people.lists import PeopleFilter
from network.people.models import FunctionHolder
from network.people.rules import Audience, Field, Function, Level, visible_fields
from tests.factories.network import end_affiliations, make_group

PAGE = "/network/people"


@pytest.fixture
def cast(administrator, selma, tomas, mere):
    """Everybody at once."""
    return (administrator, selma, tomas, mere)


@pytest.fixture
def listed(acting):
    """The names that somebody sees under a filter."""

    def names(actor, **wanted):
        with acting(actor):
            found = lists.people(actor, PeopleFilter(**wanted))
            assert found.total == len(found.items)
            return [one.person.name.split()[0] for one in found.items]

    return names


@pytest.fixture
def saved(browser_for):
    """A file of the directory as somebody saves it: `saved(mere, "csv", q="…")`."""

    def get(actor, kind, **asked):
        page = browser_for(actor).get(f"{PAGE}/export.{kind}", query_string=asked)
        assert page.status == 200
        return page.response.get_data(as_text=True)

    return get


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_everybody_who_belongs_to_a_member_is_listed_by_name(cast, listed, mere):
    assert listed(mere) == ["Adaeze", "Mere", "Selma", "Tomas"]


def test_who_left_is_not_listed_and_not_counted(cast, listed, inside, selma, mere):
    with inside():
        end_affiliations(selma)
    assert listed(mere) == ["Adaeze", "Mere", "Tomas"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"q": "sélma"}, ["Selma"]),
        ({"q": "namibia"}, ["Selma", "Tomas"]),
        ({"q": "biometric"}, ["Selma"]),
        ({"q": "nobody"}, []),
        ({"country": "FJ"}, ["Mere"]),
        ({"region": "Africa"}, ["Selma", "Tomas"]),
        ({"region": "Africa", "country": "FJ"}, []),
        ({"function": Function.TRAINING}, ["Tomas"]),
        ({"speaks": "fr"}, ["Selma"]),
        ({"expertise": "Registers"}, ["Selma"]),
        ({"speaks": "fr", "q": "tomas"}, []),
    ],
)
def test_filters_find_whom_they_name(
    cast, says, inside, listed, selma, tomas, mere, namibia, wanted, names
):
    says(selma)
    with inside():
        db.session.add(
            FunctionHolder(
                organisation_id=namibia.id,
                person_id=tomas.person_id,
                function="training",
                since=date(2026, 1, 5),
            )
        )
    assert listed(mere, **wanted) == names


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        (Field.LANGUAGES, {"speaks": "fr"}),
        (Field.EXPERTISE, {"expertise": "Registers"}),
        (Field.EXPERTISE, {"q": "registers"}),
    ],
)
def test_nobody_is_found_by_a_field_that_is_hidden(
    cast, says, inside, acting, listed, administrator, selma, tomas, mere, field, wanted, audience
):
    """The filters' SQL and the rule agree, for a stranger, a colleague and a member of her group."""
    says(selma, audiences={field: audience})
    with inside():
        make_group(administrator, selma, [mere])
    for reader in (administrator, tomas, mere, selma):
        with acting(reader):
            known = lists.one(reader, selma.person_id).person
            may = field in visible_fields(known.reader, known.audiences)
            assert (field in service.seen(reader, selma.person_id).fields) is may
        assert (listed(reader, **wanted) == ["Selma"]) is may


def test_what_nobody_shows_is_no_choice_of_a_filter(says, acting, selma, tomas, mere):
    says(selma, audiences={Field.EXPERTISE: Audience.ORGANISATION})
    with acting(mere):
        assert lists.choices(mere).expertise == []
    with acting(tomas):
        found = lists.choices(tomas)
        assert (found.expertise, found.languages) == (["Biometric kits", "Registers"], ["fr"])


def test_a_group_narrows_only_for_who_may_read_it(
    cast, inside, listed, administrator, selma, tomas, mere
):
    with inside():
        group = make_group(administrator, selma, [mere], visibility="private")
    assert listed(mere, group=group.id) == ["Mere", "Selma"]
    assert listed(tomas, group=group.id) == []


def test_filters_live_in_the_address_and_the_files_hold_exactly_what_is_filtered(
    cast, says, browser_for, saved, selma, mere
):
    says(selma)
    browser = browser_for(mere)
    page = browser.submit(browser.get(PAGE), "Apply", speaks="fr")
    assert "speaks=fr" in page.address
    assert "1 person" in page.text
    assert "speaks=fr" in page.links()["Save as CSV"]
    assert [row["Name"] for row in rows_of(saved(mere, "csv", speaks="fr"))] == ["Selma Fictional"]
    assert len(rows_of(saved(mere, "csv"))) == 4
    assert saved(mere, "vcf", speaks="fr").count("BEGIN:VCARD") == 1


def test_files_leave_out_what_one_may_not_see(cast, says, saved, selma, tomas, mere):
    says(selma, audiences={Field.ABOUT: Audience.NOBODY})
    asked = {"q": "selma"}
    [row] = rows_of(saved(mere, "csv", **asked))
    assert row["Role"] == "Head of voter registration"
    assert row["Languages"] == "French (Fluent)"
    assert (row["Mail address"], row["Telephone"], row["About me"]) == ("", "", "")
    [colleague] = rows_of(saved(tomas, "csv", **asked))
    assert colleague["Telephone"] == "'+264 61 123 456"  # no spreadsheet adds it up
    assert "EMAIL" not in saved(mere, "vcf", **asked)
    assert "EMAIL" in saved(tomas, "vcf", **asked)
    assert "statistics" not in saved(tomas, "vcf", **asked)


def test_a_formula_in_a_field_is_text_in_the_file(cast, says, saved, selma, mere):
    says(selma, position="=HYPERLINK(1)")
    assert rows_of(saved(mere, "csv", q="selma"))[0]["Role"] == "'=HYPERLINK(1)"


def test_a_person_is_saved_as_a_card_until_she_leaves(says, browser_for, inside, selma, mere):
    says(selma)
    browser = browser_for(mere)
    address = browser.get(f"{PAGE}/{selma.person_id}").links()["Save as vCard"]
    answer = browser.get(address).response
    assert answer.mimetype == "text/vcard"
    assert "FN:Selma Fictional" in answer.get_data(as_text=True)
    with inside():
        end_affiliations(selma)
    assert browser.get(address).status == 404


def test_a_list_of_three_costs_the_queries_of_a_list_of_one(
    cast, says, acting, queries, selma, tomas, mere
):
    for actor in (selma, tomas):
        says(actor, languages=[("en", Level.NATIVE)])
    costs = []
    for words in ("selma", ""):
        with acting(mere), queries() as seen:
            lists.people(mere, PeopleFilter(q=words))
        costs.append(len(seen))
    assert costs == [4, 4]


def test_the_api_lists_the_same_people(app, tenant, api_token, cast, says, selma, mere):
    says(selma)
    answer = (
        app.test_client()
        .get(
            "/api/v1/directory/people?speaks=fr",
            base_url=f"http://{tenant.host}",
            headers={"Authorization": f"Bearer {api_token(mere)}"},
        )
        .get_json()
    )
    [one] = answer["items"]
    assert (answer["total"], one["name"]) == (1, "Selma Fictional")
    assert one["languages"] == [{"language": "fr", "level": "fluent"}]
    assert one["places"][0]["country"] == "NA"
    assert "phone" not in one
    assert "address" not in one
