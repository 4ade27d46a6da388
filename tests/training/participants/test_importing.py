"""The files of participants that offices send."""

from pathlib import Path
from uuid import uuid4

import pytest

from kernel.documents.tables import read_table
from tests.factories.training import AGENDA
from training.participants.importing import check_participants, guess_columns
from training.participants.rules import ScheduledSession

DATA = Path(__file__).parents[3] / "demo" / "data"
SESSIONS = [
    ScheduledSession(uuid4(), f"S{number}", f"Session {number}", minutes)
    for number, minutes in enumerate(AGENDA, start=1)
]
HEADINGS = "Full name,Gender,Country,E-mail,S1,S2,S3,S4,S5,S6,S7,S8"
NEEMA = "Neema Fictional,F,TZ,neema@example.org,90,180,180,120,180,120,240,90"


def check(content, agenda=SESSIONS, left_out=()):
    content = content.encode() if isinstance(content, str) else content
    table = read_table(content)
    return check_participants(table, guess_columns(table, agenda), agenda, left_out)


def minutes(row):
    return [row.data[session.field] for session in SESSIONS]


@pytest.fixture(scope="module")
def clean():
    """The file of 29 people."""
    return (DATA / "participants_clean_fictional.csv").read_bytes()


@pytest.fixture(scope="module")
def dirty():
    """The same people as an office sends them, and seven rows more."""
    return (DATA / "participants_dirty_fictional.csv").read_bytes()


def test_every_row_of_the_clean_file_is_good(clean):
    report = check(clean)
    assert not report.errors
    assert len(report.rows) == 29
    assert not report.notes
    assert [row.data["name"] for row in report.rows if row.data["gender"] == "not_declared"] == [
        "Grace Nakato"
    ]
    assert {row.data["country"] for row in report.rows if "Shikongo" in row.data["name"]} == {"NA"}


def test_the_dirty_file_says_the_same_of_the_same_29_people(clean, dirty):
    wanted = {row.data["address"]: row.data for row in check(clean).rows}
    found = {row.data["address"]: row.data for row in check(dirty).rows}
    assert {address: found[address] for address in wanted} == wanted
    assert set(found) - set(wanted) == {"p95@example.org"}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (6, {"name": "A\u00efssatou Ngono"}),  # decomposed letters, stray spaces
        (8, {"gender": "female"}),
        (10, {"country": "GH"}),
        (12, {"S1": 90}),  # 1h30
        (16, {"S2": 180}),  # 180 min
        (18, {"address": "p17@example.org"}),
    ],
)
def test_what_the_office_wrote_is_understood(dirty, row, what):
    [read] = [one for one in check(dirty).rows if one.number == row]
    by_code = {session.code: read.data[session.field] for session in SESSIONS}
    assert {name: {**read.data, **by_code}[name] for name in what} == what


def test_an_identical_repeat_is_merged_and_the_note_names_both_rows(dirty):
    [note] = check(dirty).notes
    assert (note.row, note.text) == (31, "Same as row 3, taken once.")


def test_five_rows_of_the_dirty_file_are_refused_by_row_column_and_reason(dirty):
    found = [(error.row, error.column, error.value) for error in check(dirty).errors]
    assert found == [
        (32, "Country", "XX"),
        (33, "S8", "95"),
        (34, "Full name", ""),
        (35, "E-mail", "p93[at]example.org"),
        (36, "S1", "-5"),
    ]
    assert {error.row: error.reason for error in check(dirty).errors} == {
        32: "Enter a country: its two-letter code, or its name in English, French or Arabic.",
        33: "Session S8 lasts 90 minutes. Enter 0 to 90.",
        34: "Enter “Full name”.",
        35: "Enter a mail address like name@example.org.",
        36: "Enter the minutes attended, 0 or more, for example 90 or 1h30.",
    }


def test_a_name_that_is_a_formula_stays_text(dirty):
    names = {row.data["address"]: row.data["name"] for row in check(dirty).rows}
    assert names["p95@example.org"] == '=HYPERLINK("http://127.0.0.1")'


def test_without_the_rows_left_out_the_dirty_file_is_good(dirty):
    report = check(dirty, left_out={32, 33, 34, 35, 36})
    assert not report.errors
    assert len(report.rows) == 30


def test_a_participant_twice_with_different_figures_is_refused():
    report = check(f"{HEADINGS}\n{NEEMA}\n{NEEMA.replace('240', '200')}\n")
    [error] = report.errors
    assert (error.row, error.column) == (3, "E-mail")
    assert "Row 2" in error.reason


def test_rows_that_say_the_same_in_other_words_are_merged():
    again = NEEMA.replace("F,TZ", "Femme,Tanzanie").replace("neema@", "NEEMA@")
    report = check(f"{HEADINGS}\n{NEEMA}\n{again.replace(',90,180', ',1h30,3 hours')}\n")
    assert not report.errors
    assert [note.row for note in report.notes] == [3]


@pytest.mark.parametrize(
    "headings",
    ["Nom complet;Sexe;Pays;Courriel;S1", "الاسم الكامل;الجنس;البلد;البريد الإلكتروني;S1"],
)
def test_columns_are_recognised_in_every_language_of_the_product(headings):
    table = read_table(f"{headings}\nA;F;TZ;a@example.org;1\n".encode())
    fields = ("name", "gender", "country", "address", SESSIONS[0].field)
    assert guess_columns(table, SESSIONS) == {name: at for at, name in enumerate(fields)}


def test_a_session_is_recognised_by_its_title_too():
    table = read_table(b"Full name,Session 2\nA,1\n")
    assert guess_columns(table, SESSIONS)[SESSIONS[1].field] == 1


def test_a_column_that_is_no_session_of_the_agenda_is_pointed_out():
    report = check(f"{HEADINGS},S9\n{NEEMA},90\n")
    assert [note.text for note in report.notes] == [
        "Column “S9” is no session of the agenda. It is not read."
    ]
    assert len(report.rows) == 1


def test_sessions_without_a_column_are_pointed_out():
    report = check("Full name,Country,E-mail,S1\nNeema Fictional,TZ,neema@example.org,90\n")
    [note] = report.notes
    assert "S2, S3, S4, S5, S6, S7, S8" in note.text
    assert report.rows[0].given == {"name", "country", "address", SESSIONS[0].field}


@pytest.mark.parametrize(
    ("content", "agenda", "words"),
    [
        (f"{HEADINGS}\n{NEEMA}\n", [], "no agenda"),
        ("Gender,Country,E-mail\nF,TZ,a@example.org\n", SESSIONS, "full name"),
        ("Full name,E-mail\nA,a@example.org\n", SESSIONS, "country"),
        ("Full name,Country\nA,TZ\n", SESSIONS, "mail address"),
        (f"{HEADINGS}\n", SESSIONS, "No row"),
    ],
)
def test_a_file_that_lacks_what_is_needed_is_refused_whole(content, agenda, words):
    [error] = check(content, agenda).errors
    assert words in error.reason
