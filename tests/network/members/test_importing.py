"""A file of members: its columns and its rows."""

import pytest

from kernel.documents.tables import read_table
from network.members.importing import check_members, guess_columns


def check(text):
    table = read_table(text.encode())
    return check_members(table, guess_columns(table))


def test_the_columns_of_the_commonwealth_are_recognised(commonwealth):
    table = read_table(commonwealth)
    assert guess_columns(table) == {"country": 1, "region": 2, "joined_year": 3, "name": 4}


@pytest.mark.parametrize(
    "headings",
    [
        "Code du pays;Nom;Région;Membre depuis",
        "رمز البلد;الاسم;المنطقة;سنة الانضمام",
        "ISO 3166;EMB name;Region;Joined",
    ],
)
def test_the_columns_are_recognised_in_every_language_of_the_product(headings):
    table = read_table(f"{headings}\nNA;ECN;Africa;1990\n".encode())
    assert guess_columns(table) == {"country": 0, "name": 1, "region": 2, "joined_year": 3}


def test_all_56_rows_of_the_commonwealth_are_good(commonwealth):
    table = read_table(commonwealth)
    report = check_members(table, guess_columns(table))
    assert not report.errors
    codes = [row.data["country"] for row in report.rows]
    assert len(set(codes)) == 56
    assert "NA" in codes
    unnamed = [row.data["country"] for row in report.rows if "name" not in row.given]
    assert unnamed == ["BN", "CY", "GA", "TV"]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("XX,Nowhere,1990", "code", "XX"),
        ("Namibia,ECN,1990", "code", "Namibia"),
        (",ECN,1990", "code", ""),
        ("NA,ECN,soon", "joined", "soon"),
        ("NA,ECN,1066", "joined", "1066"),
        ("NA,ECN,2199", "joined", "2199"),
    ],
)
def test_a_bad_cell_is_named_by_row_column_and_value(row, column, value):
    report = check(f"code,name,joined\nBS,PRD,1973\n{row}\n")
    [error] = report.errors
    assert (error.row, error.column, error.value) == (3, column, value)
    assert error.reason


def test_two_rows_of_one_country_must_agree():
    same = check("code,name\nNA,ECN\nNA,ECN\n")
    assert (len(same.rows), len(same.notes), same.errors) == (1, 1, ())
    [error] = check("code,name\nNA,ECN\nna,Other\n").errors
    assert (error.row, error.column, error.value) == (3, "code", "NA")


def test_a_file_without_a_code_column_asks_for_one():
    [error] = check("Land,Body\nNamibia,ECN\n").errors
    assert "country code" in error.reason


def test_a_file_without_rows_is_refused():
    [error] = check("code,name\n").errors
    assert "no rows" in error.reason
