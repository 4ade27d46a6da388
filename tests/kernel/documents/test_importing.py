"""Matching columns, checking rows, all or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import fields
from kernel.documents.importing import check_rows, guess_mapping, merge_repeats
from kernel.documents.tables import read_table

NAMES = {
    "code": ["iso 3166", "country code", "code du pays"],
    "name": ["country", "pays"],
    "joined": ["year of joining"],
}


class MemberRow(fields.Schema):
    code = fields.Country(label="Country code", required=True)
    name = fields.Text(label="Country", required=True)
    joined = fields.Integer(label="Joined", min=1900)


def check(text, mapping=None):
    table = read_table(text.encode())
    return check_rows(table, mapping or guess_mapping(table.headers, NAMES), MemberRow())


@pytest.mark.parametrize(
    "headers",
    [
        ("Country", "ISO-3166", "Joined"),
        ("country", "iso_3166", "Year of joining"),
        ("PAYS", "Code du pays", "joined"),
        (" pays ", "code", "année", "JOINED"),
    ],
)
def test_headings_are_recognised_whatever_their_spelling(headers):
    mapping = guess_mapping(headers, NAMES)
    assert [mapping["name"], mapping["code"]] == [0, 1]
    assert headers[mapping["joined"]].lower() in ("joined", "year of joining")


def test_an_unknown_heading_is_left_to_the_person():
    assert guess_mapping(("Land", "Code"), NAMES) == {"code": 1}


def test_the_earlier_name_decides_between_two_columns():
    names = {"country": ["country code"], "name": ["country"]}
    assert guess_mapping(("Country", "Country code"), names) == {"country": 1, "name": 0}
    assert guess_mapping(("Country",), names) == {"country": 0}


def test_one_column_serves_one_field():
    assert guess_mapping(("code",), {"a": ["code"], "b": ["code"]}) == {"a": 0}


@given(st.lists(st.text()))
def test_guessing_gives_every_column_to_one_field_at_most(headers):
    positions = list(guess_mapping(headers, NAMES).values())
    assert len(positions) == len(set(positions))


def test_good_rows_are_loaded_with_the_number_a_person_sees():
    report = check('code,name,joined\nNA,Namibia,1990\n\nBS,"Bahamas, The",\n')
    assert not report.errors
    assert [(row.number, dict(row.data)) for row in report.rows] == [
        (2, {"code": "NA", "name": "Namibia", "joined": 1990}),
        (4, {"code": "BS", "name": "Bahamas, The", "joined": None}),
    ]


def test_every_bad_cell_is_reported_by_row_column_value_and_reason():
    report = check("country,iso 3166,joined\n,NA,1990\nNowhere,XX,soon\n")
    found = [(error.row, error.column, error.value) for error in report.errors]
    assert found == [
        (2, "country", ""),
        (3, "iso 3166", "XX"),
        (3, "joined", "soon"),
    ]
    assert report.errors[0].reason == "Enter “Country”."
    assert all(error.reason for error in report.errors)


def test_a_changed_mapping_is_followed():
    table = read_table(b"code,country\nNamibia,NA\n")
    report = check_rows(table, {"code": 1, "name": 0}, MemberRow())
    assert [row.data["code"] for row in report.rows] == ["NA"]


def test_a_required_field_without_a_column_is_an_error_of_every_row():
    report = check("code\nNA\nBS\n", {"code": 0})
    assert [(error.row, error.column) for error in report.errors] == [(2, ""), (3, "")]


def test_an_unquoted_comma_that_shifts_a_row_is_refused():
    report = check("name,code\nBahamas, The,BS\n")
    [error] = report.errors
    assert (error.row, error.value) == (2, "BS")
    assert "quotation marks" in error.reason


def test_a_row_shorter_than_the_headings_has_empty_cells():
    assert check("code,name,joined\nNA,Namibia\n").rows[0].data["joined"] is None


def test_a_row_says_which_fields_were_filled_in():
    rows = check("code,name,joined\nNA,Namibia,\nBS,Bahamas,1973\n").rows
    assert [row.given for row in rows] == [{"code", "name"}, {"code", "name", "joined"}]


def by_code(data):
    return data["code"]


def test_the_same_row_twice_is_taken_once_and_said():
    report = merge_repeats(check("code,name\nNA,Namibia\nBS,Bahamas\nNA,Namibia\n"), by_code)
    assert [row.number for row in report.rows] == [2, 3]
    assert [(note.row, note.text) for note in report.notes] == [(4, "Same as row 2, taken once.")]
    assert not report.errors


def test_rows_that_contradict_each_other_are_refused():
    report = merge_repeats(
        check("code,name\nNA,Namibia\nNA,Nambia\nXX,Nowhere\n"), by_code, column="code"
    )
    assert [(error.row, error.column, error.value) for error in report.errors] == [
        (3, "code", "NA"),
        (4, "code", "XX"),
    ]
    assert "Row 2" in report.errors[0].reason
