import pytest

from tests.missions.conftest import POLLING_DAY

NEW = {
    "kind": "observation",
    "country": "SB",
    "title": "General election (fictional)",
    "polling_day": POLLING_DAY.isoformat(),
    "time_zone": "Pacific/Guadalcanal",
    "observers": 12,
}
LETTER = {"state": "received", "on": "2026-01-05", "issued_by": "Chair (fictional)"}


@pytest.fixture
def call(app, tenant, api_token):
    """`call(actor, "POST", "/missions", json=…, version=1)` is a request with a token of the actor."""

    def request(actor, method, path, *, version=None, scopes=None, **options):
        headers = {"Authorization": f"Bearer {api_token(actor, scopes)}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return app.test_client().open(
            f"/api/v1{path}",
            method=method,
            base_url=f"http://{tenant.host}",
            headers=headers,
            **options,
        )

    return request


def test_mission_is_proposed_listed_and_read(call, planner, country):
    made = call(planner, "POST", "/missions", json=NEW)
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    listed = call(planner, "GET", "/missions?country=SB").json
    assert [mission["id"] for mission in listed["items"]] == [made.json["id"]]
    read = call(planner, "GET", f"/missions/{made.json['id']}").json
    assert read["mission"]["polling_day"] == "2027-03-14"
    assert read["next_state"] == "assessing"
    assert read["assessment"] is None
    assert read["phases"][2] == {
        "key": "deployment",
        "first_day": -8,
        "last_day": 6,
        "starts_on": "2027-03-06",
        "ends_on": "2027-03-20",
        "version": 1,
    }


def test_refused_body_names_its_fields(call, planner, country):
    answer = call(planner, "POST", "/missions", json={**NEW, "title": "", "observers": 1.5})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert set(answer.json["errors"]) == {"title", "observers"}
    assert call(planner, "GET", "/missions").json["total"] == 0


def test_mission_is_approved_through_the_api_by_an_approver(call, planner, approver, mission_id):
    base = f"/missions/{mission_id}"
    assert call(planner, "POST", f"{base}/advance", version=1).json["state"] == "assessing"
    refused = call(approver, "POST", f"{base}/advance", version=2)
    assert refused.status_code == 422
    assert call(planner, "POST", f"{base}/invitation", version=1, json=LETTER).status_code == 200
    waiver = call(planner, "POST", f"{base}/waiver", json={"reason": "Snap election."})
    assert waiver.json["reason"] == "Snap election."
    assert call(planner, "POST", f"{base}/advance", version=2).status_code == 403
    assert call(approver, "POST", f"{base}/advance", version=2).json["state"] == "approved"


def test_change_needs_the_version_it_is_made_on(call, planner, mission_id):
    change = {"title": "Renamed", "time_zone": "UTC", "observers": 1, "staff": 1}
    path = f"/missions/{mission_id}"
    assert call(planner, "PUT", path, json=change).status_code == 428
    assert call(planner, "PUT", path, json=change, version=1).headers["ETag"] == '"2"'
    stale = call(planner, "PUT", path, json=change, version=1)
    assert stale.status_code == 409
    assert stale.json["current"]["title"] == "Renamed"


def test_polling_day_is_previewed_and_moved_with_its_tasks(call, planner, mission_id):
    plan = f"/missions/{mission_id}/plan"
    assert call(planner, "POST", f"{plan}/start").status_code == 201
    day = {"polling_day": "2027-03-28", "precision": "day"}
    shown = call(planner, "GET", f"{plan}/polling-day", query_string=day)
    [part] = shown.json["missions"]
    assert part["tasks"][0]["before"] == {"start": "2026-12-20", "end": "2026-12-29"}
    assert part["tasks"][0]["after"] == {"start": "2027-01-03", "end": "2027-01-12"}
    assert call(planner, "PUT", f"{plan}/polling-day", json=day).status_code == 428
    assert call(planner, "PUT", f"{plan}/polling-day", json=day, version=1).status_code == 200
    tasks = call(planner, "GET", f"{plan}/tasks").json
    assert tasks[0]["starts_on"] == "2027-01-03"


def test_phase_is_given_other_days(call, planner, mission_id):
    path = f"/missions/{mission_id}/plan/phases/deployment"
    days = {"first_day": -10, "last_day": 6}
    assert call(planner, "PUT", path, json=days, version=1).json["version"] == 2
    assert call(planner, "PUT", path, json=days, version=1).status_code == 409
    backwards = call(planner, "PUT", path, json={"first_day": 7, "last_day": 6}, version=2)
    assert set(backwards.json["errors"]) == {"last_day"}
    for unknown in ("holiday", "%00"):
        missing = f"/missions/{mission_id}/plan/phases/{unknown}"
        assert call(planner, "PUT", missing, json=days, version=1).status_code == 404


def test_task_is_added_changed_done_and_removed(call, planner, mission_id):
    tasks = f"/missions/{mission_id}/plan/tasks"
    body = {"title": "Brief observers", "timing": "anchored", "offset_days": -7}
    made = call(planner, "POST", tasks, json=body)
    assert made.json["starts_on"] == "2027-03-07"
    task = f"{tasks}/{made.json['id']}"
    later = call(planner, "PUT", task, json={**body, "offset_days": -6}, version=1)
    assert later.json["starts_on"] == "2027-03-08"
    assert call(planner, "PUT", task, json=body, version=1).status_code == 409
    done = call(planner, "PUT", f"{task}/state", json={"state": "done"}, version=2)
    assert done.json["state"] == "done"
    assert call(planner, "DELETE", task, version=3).status_code == 422
    call(planner, "PUT", f"{task}/state", json={"state": "todo"}, version=3)
    assert call(planner, "DELETE", task, version=4).status_code == 204
    assert call(planner, "GET", tasks).json == []


def test_mission_does_not_exist_for_strangers_and_narrow_tokens(call, factory, planner, mission_id):
    path = f"/missions/{mission_id}"
    assert call(factory.actor(), "GET", path).status_code == 404
    assert call(planner, "GET", path, scopes=["missions:budget:see"]).status_code == 404
    assert call(planner, "GET", path, scopes=["missions:mission:see"]).status_code == 200
    read_only = ["missions:mission:see"]
    assert call(planner, "POST", "/missions", json=NEW, scopes=read_only).status_code == 403
