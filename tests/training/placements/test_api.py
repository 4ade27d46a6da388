import pytest

from kernel.values import clock
from tests.training.placements.conftest import AFTER, CLOSES_ON

SAID = {
    "full_time": True,
    "degree_level": "master",
    "degree_subject": "Law",
    "manages_projects": True,
    "manages_budgets": True,
    "motivation": "I ran our voter education programme (fictional).",
}


@pytest.fixture
def call(app, tenant, api_token):
    """`call(actor, "POST", "", json=…, version=1)` is a request about placements in her name."""

    def request(actor, method, path, *, version=None, **options):
        headers = {"Authorization": f"Bearer {api_token(actor)}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return app.test_client().open(
            f"/api/v1/training{path}",
            method=method,
            base_url=f"http://{tenant.host}",
            headers=headers,
            **options,
        )

    return request


@pytest.fixture
def body(event):
    return {
        "title": "Electoral professional (fictional)",
        "summary": "Twelve months with the electoral support section.",
        "term_months": 12,
        "closes_on": CLOSES_ON.isoformat(),
        "time_zone": "Europe/London",
        "employment": True,
        "events": [str(event.id)],
        "subjects": ["Political science", "Law"],
        "experience": True,
    }


def test_a_vacancy_is_drafted_changed_approved_and_published(call, officer, approver, body):
    made = call(officer, "POST", "/placements", json=body)
    assert made.status_code == 201
    assert made.json["closes_at"] == "2030-03-12T23:59:59.999999+00:00"
    assert [rule["kind"] for rule in made.json["rules"]] == [
        "employment",
        "took_part",
        "degree",
        "experience",
    ]
    path = f"/placements/{made.json['id']}"
    assert call(officer, "PUT", path, json=body).status_code == 428
    timed = {**body, "closes_time": "17:30"}
    changed = call(officer, "PUT", path, json=timed, version=1)
    assert changed.json["closes_at"] == "2030-03-12T17:30:00+00:00"
    assert call(officer, "PUT", path, json=body, version=1).status_code == 409
    version = changed.json["version"]
    assert call(officer, "POST", f"{path}/approve", version=version).status_code == 403
    approved = call(approver, "POST", f"{path}/approve", version=version)
    published = call(officer, "POST", f"{path}/publish", version=approved.json["version"])
    assert published.json["state"] == "published"
    assert call(officer, "PUT", path, json=body, version=4).status_code == 422


def test_refused_body_names_its_fields(call, officer, body):
    wrong = {**body, "term_months": 13, "time_zone": "Mars/Olympus", "subjects": [7]}
    answer = call(officer, "POST", "/placements", json=wrong)
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"term_months", "time_zone", "subjects"}
    unknown = call(officer, "POST", "/placements", json={**body, "events": ["gaborone"]})
    assert set(unknown.json["errors"]) == {"events"}


def test_an_applicant_checks_saves_sends_and_reads_the_decision(
    call, alumna, event, vacancy_id, close
):
    path = f"/placements/{vacancy_id}"
    checked = call(alumna, "GET", f"{path}/eligibility").json
    assert checked["eligibility"] == "needs_evidence"
    assert [verdict["answer"] for verdict in checked["verdicts"]] == [
        "unknown",
        "pass",
        "unknown",
        "unknown",
    ]
    assert checked["verdicts"][1]["sources"] == ["organiser"]
    assert "Africa region workshop (fictional) (August 2015)" in checked["verdicts"][1]["fact"]
    saved = call(alumna, "PUT", f"{path}/application", json={**SAID, "full_time": None})
    assert saved.json["state"] == "draft"
    assert saved.json["advice"] is None
    assert call(alumna, "PUT", f"{path}/application", json=SAID).status_code == 409
    saved = call(alumna, "PUT", f"{path}/application", json=SAID, version=1)
    assert call(alumna, "POST", f"{path}/application/submit").status_code == 428
    sent = call(alumna, "POST", f"{path}/application/submit", version=saved.json["version"])
    assert sent.json["advice"]["eligibility"] == "eligible"
    late = call(alumna, "PUT", f"{path}/application", json=SAID, version=3)
    assert late.status_code == 422
    close(vacancy_id)
    [mine] = call(alumna, "GET", "/applications").json
    assert mine["state"] == "screened"
    assert mine["decision"]["eligibility"] == "eligible"
    assert mine["statements"] == SAID


@pytest.mark.parametrize("closed", [False, True])
def test_after_the_deadline_nothing_is_saved_sent_or_withdrawn_and_the_zone_is_named(
    call, alumna, absentee, event, vacancy_id, apply, close, inside, closed
):
    """By the server's clock: whether or not the job that closes it has run."""
    sent = apply(alumna, vacancy_id)
    path = f"/placements/{vacancy_id}/application"
    drafted = call(absentee, "PUT", path, json=SAID).json["version"]
    if closed:
        close(vacancy_id)
    with clock.frozen(AFTER):
        late = [
            call(absentee, "PUT", path, json={**SAID, "full_time": False}, version=drafted),
            call(absentee, "POST", f"{path}/submit", version=drafted),
            call(alumna, "POST", f"/applications/{sent}/withdraw", version=3 if closed else 2),
        ]
    assert [answer.status_code for answer in late] == [422, 422, 422]
    for answer in late:
        assert "closed on 2030-03-12 23:59 (Europe/London)" in answer.json["detail"]
    assert call(alumna, "GET", f"/applications/{sent}").json["state"] != "withdrawn"
    [kept] = call(absentee, "GET", "/applications").json
    assert (kept["state"], kept["statements"]) == ("draft", SAID)


def test_what_was_sent_is_withdrawn_before_the_deadline(call, alumna, event, vacancy_id, apply):
    path = f"/applications/{apply(alumna, vacancy_id)}"
    assert call(alumna, "GET", path).headers["ETag"] == '"2"'
    assert call(alumna, "POST", f"{path}/withdraw", version=1).status_code == 409
    assert call(alumna, "POST", f"{path}/withdraw", version=2).status_code == 204
    assert call(alumna, "GET", path).json["state"] == "withdrawn"


def test_the_officer_reads_counts_and_applications_and_others_do_not(
    call, officer, alumna, absentee, event, vacancy_id, apply, close
):
    hers = apply(alumna, vacancy_id)
    apply(absentee, vacancy_id)
    close(vacancy_id)
    path = f"/placements/{vacancy_id}/applications"
    listed = call(officer, "GET", path).json
    assert (listed["total"], listed["eligible"], listed["ineligible"]) == (2, 1, 1)
    genders = {each["gender"]: each for each in listed["by_gender"]}
    assert list(genders) == ["female", "male", "other", "not_declared"]
    assert (genders["female"]["eligible"], genders["female"]["ineligible"]) == (1, 1)
    assert genders["not_declared"]["total"] == 0
    assert [item["name"] for item in listed["items"]] == ["Asha Fictional", "Wanjiru Fictional"]
    assert call(officer, "GET", f"{path}/{hers}").json["statements"] == SAID
    assert call(alumna, "GET", path).status_code == 403
    assert call(absentee, "GET", f"/applications/{hers}").status_code == 404
    outcome = f"/placements/{vacancy_id}/outcome"
    filled = call(officer, "PUT", outcome, json={"outcome": "filled"}, version=4)
    assert filled.json["state"] == "filled"
