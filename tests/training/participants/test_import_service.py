"""Importing participants: once each, all or nothing, and what the trail says of it."""

from collections import Counter
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select

from kernel.db import db, scoped
from kernel.errors import Forbidden, NotFound, Refused
from kernel.identity.models import Person
from kernel.values.outcomes import Outcome
from training.participants import queries, service
from training.participants.models import Participant
from training.participants.rules import Result
from training.workshops.queries import workshop_of

DATA = Path(__file__).parents[3] / "demo" / "data"
HEADINGS = "Full name,Gender,Country,E-mail,S1,S2"
BAD_ROWS = (32, 33, 34, 35, 36)
MENDED = {
    "F;XX;p90": "F;ZM;p90",
    "120;240;95": "120;240;90",
    "\r\n;F;UG;p92": "\r\nSome Name;F;UG;p92",
    "p93[at]example.org": "p93@example.org",
    "p94@example.org;-5;": "p94@example.org;5;",
}
"""What was wrong in each of them, and right."""


@pytest.fixture(scope="module")
def clean():
    """The file of 29 people."""
    return (DATA / "participants_clean_fictional.csv").read_bytes()


@pytest.fixture(scope="module")
def dirty():
    """The same people as an office sends them, and seven rows more."""
    return (DATA / "participants_dirty_fictional.csv").read_bytes()


@pytest.fixture
def load(inside, officer, workshop_id):
    """`load(content)` imports a file into the workshop."""

    def act(content, **options):
        content = content.encode() if isinstance(content, str) else content
        with inside():
            return service.import_file(officer, workshop_id, "people.csv", content, **options)

    return act


@pytest.fixture
def listed(inside, workshop_id):
    """`listed()` has the participants by address."""

    def look():
        with inside():
            return {one.address: one for one in queries.standings_of(workshop_id)}

    return look


def test_the_clean_file_registers_29_people_with_their_minutes(load, listed, clean):
    result = load(clean)
    assert (result.created, result.updated, result.unchanged) == (29, 0, 0)
    people = listed()
    assert people["p04@example.org"].standing.attended == 960
    assert Counter(one.standing.result for one in people.values()) == {
        Result.EARNED: 25,
        Result.TOOK_PART: 3,
        Result.ABSENT: 1,
    }


def test_the_same_file_sent_twice_counts_once(load, listed, clean):
    load(clean)
    before = listed()
    again = load(clean)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 29)
    assert listed() == before


def test_the_office_file_finds_the_same_people_once_its_bad_rows_are_left_out(
    load, listed, dirty, clean
):
    load(clean)
    with pytest.raises(Refused) as refused:
        load(dirty)
    assert [row["row"] for row in refused.value.data["rows"]] == list(BAD_ROWS)
    result = load(dirty, left_out=BAD_ROWS)
    assert (result.created, result.updated, result.unchanged) == (1, 0, 29)
    assert "=HYPERLINK" in listed()["p95@example.org"].name


def test_the_office_file_loads_whole_once_its_bad_cells_are_mended(load, listed, dirty):
    mended = dirty.decode("utf-16")
    for wrong, right in MENDED.items():
        assert mended.count(wrong) == 1
        mended = mended.replace(wrong, right)
    result = load(mended.encode("utf-16"))
    assert (result.created, result.updated, result.unchanged) == (35, 0, 0)
    assert listed()["p92@example.org"].name == "Some Name"
    assert listed()["p91@example.org"].standing.attended == 1200


def test_nothing_is_loaded_while_any_row_is_bad(inside, load, listed, dirty):
    with pytest.raises(Refused):
        load(dirty, left_out=BAD_ROWS[:4])
    assert listed() == {}
    with inside():
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 0


def test_the_trail_says_which_rows_were_left_out_and_why(inside, load, dirty, officer, trail):
    load(dirty, left_out=BAD_ROWS)
    with inside():
        [entry] = trail("participants.imported")
        assert entry.actor_id == officer.person_id
        assert entry.after["created"] == 30
        assert [text.split(":")[0] for text in entry.after["left_out"]] == [
            "32 Country",
            "33 S8",
            "34 Full name",
            "35 E-mail",
            "36 S1",
        ]
        assert entry.object_label == "people.csv"
        assert len(trail("participant.added")) == 30


def test_importing_again_changes_the_same_person_and_says_from_what_to_what(
    inside, load, listed, trail
):
    load(f"{HEADINGS}\nNeema Fictional,F,TZ,neema@example.org,45,180\n")
    [before] = listed().values()
    result = load(f"{HEADINGS}\nNeema Fictional Mwakyusa,,KE,NEEMA@example.org,90,\n")
    assert result.updated == 1
    [after] = listed().values()
    assert (after.participant_id, after.person_id) == (before.participant_id, before.person_id)
    assert (after.name, after.country) == ("Neema Fictional Mwakyusa", "KE")
    assert after.gender == "female"  # an empty cell says nothing
    assert after.standing.attended == 90 + 180
    with inside():
        person = db.session.scalars(select(Person).where(Person.id == after.person_id)).one()
        assert person.name == after.name
        [entry] = trail("participant.changed")
        assert set(entry.before) == set(entry.after) == {"name", "country", "S1"}


def test_her_body_is_the_emb_of_her_country_when_it_is_a_member(load, listed, factory):
    tanzania = factory.organisation("Electoral Commission", country="TZ")
    factory.organisation("Left", country="KE", membership="left")
    load(
        f"{HEADINGS}\nNeema Fictional,F,TZ,n@example.org,1,1\nOtieno Fictional,M,KE,o@example.org,1,1\n"
    )
    people = listed()
    assert people["n@example.org"].organisation_id == tanzania.id
    assert people["n@example.org"].organisation_name == "Electoral Commission"
    assert people["o@example.org"].organisation_id is None


def test_somebody_with_an_account_is_that_person_and_keeps_her_own_name(
    inside, load, listed, factory
):
    account = factory.actor("Neema Own Name", address="neema@example.org")
    load(f"{HEADINGS}\nNeema On The List,F,TZ,neema@example.org,1,1\n")
    [listed_one] = listed().values()
    assert listed_one.person_id == account.person_id
    load(f"{HEADINGS}\nNeema On Another List,F,TZ,neema@example.org,1,1\n")
    assert factory.reload(account.person_id).name == "Neema Own Name"


def test_an_earlier_participants_address_is_the_same_person(
    inside, load, listed, register, earlier_workshop
):
    participant_id = register(earlier_workshop, address="neema@example.org")
    load(f"{HEADINGS}\nNeema Fictional,F,TZ,neema@example.org,1,1\n")
    [found] = listed().values()
    with inside():
        assert queries.participant_of(participant_id).person_id == found.person_id


def test_two_addresses_of_one_person_are_refused_by_both_rows(
    load, listed, factory, register, earlier_workshop
):
    account = factory.actor("Neema Fictional", address="work@example.org")
    register(earlier_workshop, address="home@example.org", person_id=account.person_id)
    rows = "Neema Fictional,F,TZ,work@example.org,1,1\nNeema Fictional,F,TZ,home@example.org,1,1\n"
    with pytest.raises(Refused) as refused:
        load(f"{HEADINGS}\n{rows}")
    [row] = refused.value.data["rows"]
    assert (row["row"], row["column"], row["value"]) == (3, "E-mail", "home@example.org")
    assert "Row 2" in row["reason"]
    assert listed() == {}


def test_the_trail_says_of_every_row_left_out_why_or_that_nothing_was_wrong_with_it(
    inside, load, listed, factory, register, earlier_workshop, trail
):
    """That one person stands in two rows is found only without the row that cannot be read."""
    account = factory.actor("Neema Fictional", address="work@example.org")
    register(earlier_workshop, address="home@example.org", person_id=account.person_id)
    rows = (
        "Neema Fictional,F,TZ,work@example.org,1,1\n"
        "Neema Fictional,F,TZ,home@example.org,1,1\n"
        "Otieno Fictional,M,XX,otieno@example.org,1,1\n"
        "Ama Fictional,F,GH,ama@example.org,1,1\n"
    )
    load(f"{HEADINGS}\n{rows}", left_out=(3, 4, 5, 99))
    assert list(listed()) == ["work@example.org"]
    with inside():
        [entry] = trail("participants.imported")
        assert [text.split(".")[0] for text in entry.after["left_out"]] == [
            "4 Country: Enter a country: its two-letter code, or its name in English, French or Arabic",
            "3 E-mail: Row 2 is about the same person, under another address",
            "5: Nothing is wrong with this row",
        ]


def test_a_dry_run_tells_and_changes_nothing(load, listed, clean):
    assert load(clean, dry_run=True).created == 29
    assert listed() == {}


def test_a_locked_workshop_takes_no_file(inside, officer, workshop_id, load, clean):
    load(clean)
    with inside():
        version = workshop_of(workshop_id).version
        service.lock_attendance(officer, workshop_id, version=version)
    with pytest.raises(Refused, match="locked"):
        load(clean)
    with inside(), pytest.raises(Refused, match="locked"):
        service.keep_upload(officer, workshop_id, "people.csv", clean)


def test_only_who_runs_workshops_imports(inside, factory, workshop_id, clean):
    member = factory.actor()
    with inside(), pytest.raises(Forbidden):
        service.import_file(member, workshop_id, "people.csv", clean)


def test_a_kept_file_belongs_to_its_workshop(inside, officer, workshop_id, earlier_workshop, clean):
    with inside():
        kept = service.keep_upload(officer, workshop_id, "people.csv", clean)
    with inside(), pytest.raises(NotFound):
        service.preview(officer, earlier_workshop, kept.id)
    with inside():
        shown = service.preview(officer, workshop_id, kept.id)
        assert shown.count(Outcome.CREATED) == 29
        assert service.confirm(officer, workshop_id, kept.id).created == 29
    with inside(), pytest.raises(NotFound):
        service.confirm(officer, workshop_id, kept.id)


def test_an_import_costs_as_many_statements_for_three_people_as_for_one(
    inside, officer, workshop_id, queries
):
    def statements(*people):
        rows = "".join(f"P {n},F,TZ,p{n}@example.org,1,1\n" for n in people)
        content = f"{HEADINGS}\n{rows}".encode()
        with queries() as seen, inside():
            service.import_file(officer, workshop_id, "p.csv", content)
        return len(seen)

    assert statements(1) == statements(2, 3, 4)


def test_two_officers_sending_the_same_file_at_once_register_everybody_once(
    app, tenant, officer, workshop_id, listed, clean, factory
):
    outcomes = []

    def send():
        with app.app_context(), scoped(tenant.id):
            result = service.import_file(officer, workshop_id, "people.csv", clean)
            db.session.commit()
            outcomes.append((result.created, result.unchanged))

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [(0, 29), (29, 0)]
    assert len(listed()) == 29
