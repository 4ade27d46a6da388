"""Participants as JSON: the same rules as the pages."""

import io
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "demo" / "data"
FULL = (90, 180, 180, 120, 180, 120, 240, 90)
FACTS = {"name": "Neema Fictional", "country": "TZ", "address": "neema@example.org"}


@pytest.fixture
def call(app, tenant, api_token, officer, workshop_id):
    """`call(method, path, **options)` asks as somebody who runs workshops."""
    headers = {"Authorization": f"Bearer {api_token(officer)}", "Host": tenant.host}

    def ask(method, path="", *, version=None, **options):
        more = {} if version is None else {"If-Match": f'"{version}"'}
        options["headers"] = {**headers, **more}
        base = f"/api/v1/workshops/{workshop_id}"
        return app.test_client().open(base + path, method=method, **options)

    return ask


def sent(name):
    content = (DATA / name).read_bytes()
    return {
        "data": {"file": (io.BytesIO(content), name)},
        "content_type": "multipart/form-data",
    }


def test_a_file_is_imported_in_one_call(call):
    answer = call("POST", "/participants/import", **sent("participants_clean_fictional.csv"))
    assert answer.json == {"created": 29, "updated": 0, "unchanged": 0, "notes": []}
    listed = call("GET", "/participants?standing=took_part").json
    assert listed["total"] == 3
    assert {one["attended_minutes"] for one in listed["items"]} == {959, 810, 900}


def test_the_office_file_is_refused_by_row_column_and_reason_until_rows_are_left_out(call):
    name = "participants_dirty_fictional.csv"
    refused = call("POST", "/participants/import", **sent(name))
    assert refused.status_code == 422
    assert [(row["row"], row["column"]) for row in refused.json["rows"]] == [
        (32, "Country"),
        (33, "S8"),
        (34, "Full name"),
        (35, "E-mail"),
        (36, "S1"),
    ]
    assert all(row["reason"] for row in refused.json["rows"])
    assert call("GET", "/participants").json["total"] == 0
    address = "/participants/import?leave_out=32,33,34,35,36"
    assert call("POST", f"{address}&dry_run=true", **sent(name)).json["created"] == 30
    done = call("POST", address, **sent(name))
    assert done.json["created"] == 30
    assert done.json["notes"] == ["Row 31: Same as row 3, taken once."]


def test_rows_to_leave_out_are_numbers(call):
    answer = call(
        "POST", "/participants/import?leave_out=all", **sent("participants_clean_fictional.csv")
    )
    assert answer.status_code == 422
    assert "leave_out" in answer.json["errors"]


def test_minutes_are_set_from_the_version_that_was_read(call, workshop_id, register):
    path = f"/participants/{register(workshop_id, minutes=(90,))}"
    read = call("GET", path)
    assert read.headers["ETag"] == '"1"'
    sessions = {one["code"]: one for one in read.json["sessions"]}
    assert (sessions["S1"]["minutes"], sessions["S2"]["minutes"]) == (90, None)
    body = {"minutes": [{"session_id": sessions["S2"]["session_id"], "minutes": 180}]}
    assert call("PUT", f"{path}/attendance", json=body).status_code == 428
    done = call("PUT", f"{path}/attendance", json=body, version=1)
    assert (done.json["attended_minutes"], done.headers["ETag"]) == (270, '"2"')
    assert call("PUT", f"{path}/attendance", json=body, version=1).status_code == 409
    body["minutes"][0]["minutes"] = 181
    refused = call("PUT", f"{path}/attendance", json=body, version=2)
    assert refused.status_code == 422
    assert refused.json["errors"]["minutes"] == ["Session S2 lasts 180 minutes. Enter 0 to 180."]


def test_a_participant_is_corrected_from_the_version_that_was_read(call, workshop_id, register):
    path = f"/participants/{register(workshop_id, 'Nema Fictional', (90,))}"
    read = call("GET", path).json
    body = {name: read[name] for name in ("gender", "country", "address")}
    body["name"] = "Neema Fictional"
    assert call("PUT", path, json=body).status_code == 428
    done = call("PUT", path, json=body, version=1)
    assert (done.json["name"], done.headers["ETag"]) == ("Neema Fictional", '"2"')
    assert call("PUT", path, json=body, version=1).status_code == 409


def test_a_session_named_twice_is_refused(call, workshop_id, register):
    path = f"/participants/{register(workshop_id, minutes=(90,))}"
    [first, *_] = call("GET", path).json["sessions"]
    twice = [{"session_id": first["session_id"], "minutes": minutes} for minutes in (10, 20)]
    refused = call("PUT", f"{path}/attendance", json={"minutes": twice}, version=1)
    assert refused.status_code == 422
    assert refused.json["errors"] == {"minutes": ["Name each session once."]}
    assert call("GET", path).json["sessions"][0]["minutes"] == 90


def test_attendance_is_locked_as_it_was_seen_and_corrected_with_a_reason(
    call, workshop_id, register
):
    participant_id = register(workshop_id, minutes=FULL)
    seen = call("GET", "/attendance")
    assert (seen.json["earned"], seen.json["locked_at"]) == (1, None)
    assert seen.json["by_gender"][0] == {
        "gender": "female",
        "earned": 1,
        "took_part": 0,
        "absent": 0,
    }
    other = {"earned": 2, "took_part": 0, "absent": 0}
    assert call("POST", "/attendance/lock", json=other, version=1).status_code == 409
    body = {**other, "earned": 1}
    assert call("POST", "/attendance/lock", json=body).status_code == 428
    locked = call("POST", "/attendance/lock", json=body, version=1)
    assert locked.json["locked_at"]
    assert call("POST", "/attendance/lock", json=body, version=2).status_code == 422
    path = f"/participants/{participant_id}"
    session = call("GET", path).json["sessions"][0]["session_id"]
    body = {"minutes": [{"session_id": session, "minutes": 0}]}
    refused = call("PUT", f"{path}/attendance", json=body, version=1)
    assert "reason" in refused.json["errors"]
    assert "reason" in call("POST", "/participants", json=FACTS).json["errors"]
    late = call("POST", "/participants", json={**FACTS, "reason": "On the signed sheet"})
    assert (late.status_code, late.json["standing"]) == (201, "absent")
    body["reason"] = "Signed sheet found"
    assert call("PUT", f"{path}/attendance", json=body, version=1).json["attended_minutes"] == 1110


def test_somebody_is_added_and_removed(call):
    added = call("POST", "/participants", json=FACTS)
    assert (added.status_code, added.json["gender"]) == (201, "not_declared")
    path = f"/participants/{added.json['id']}"
    assert call("DELETE", path).status_code == 428
    assert call("DELETE", path, version=1).status_code == 204
    assert call("GET", path).status_code == 404


def test_a_participant_of_another_workshop_is_not_found_here(call, earlier_workshop, register):
    path = f"/participants/{register(earlier_workshop)}"
    body = {"minutes": []}
    assert call("GET", path).status_code == 404
    assert call("PUT", f"{path}/attendance", json=body, version=1).status_code == 404
    assert call("DELETE", path, version=1).status_code == 404
