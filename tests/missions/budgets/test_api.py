"""Budgets as JSON: the same rules as the pages."""

import pytest

from missions.budgets import service
from missions.permissions import MissionsPermission
from tests.missions.budgets.conftest import TWELVE_DAYS

LINE = {
    "category": "subsistence",
    "description": "Daily allowance",
    "driver": "person_units",
    "persons": 45,
    "measure": "days",
    "phase": "deployment",
    "rate": "180",
    "currency": "GBP",
}


@pytest.fixture
def client(app, tenant, api_token, subject):
    """`client(actor)` calls the API as that person: `(method, path, **options) -> response`."""

    def make(actor, scopes=None):
        token = {"Authorization": f"Bearer {api_token(actor, scopes)}", "Host": tenant.host}

        def call(method, path="", *, match=None, **options):
            headers = {**token, **({} if match is None else {"If-Match": match})}
            path = f"/api/v1/missions/{subject.id}/budget{path}"
            return app.test_client().open(path, method=method, headers=headers, **options)

        return call

    return make


def test_a_budget_is_planned_submitted_and_approved_by_api(client, planner, approver, subject):
    call, decide = client(planner), client(approver)
    started = {"base_currency": "GBP", "contingency_percent": "5", "overhead_percent": "7.5"}
    assert call("POST", json=started).status_code == 201
    rate = {
        "currency": "USD",
        "units_per_base": "1.25",
        "quoted_on": "2026-04-01",
        "source": "Bank of Examples",
    }
    assert call("POST", "/versions/1/rates", json=rate).status_code == 201
    added = call("POST", "/versions/1/lines", json=LINE)
    assert added.status_code == 201
    assert (added.json["units"], added.json["amount"]) == ("10", "81000.00")
    dollars = {**LINE, "driver": "lump_sum", "rate": "1000", "currency": "USD"}
    flat = call("POST", "/versions/1/lines", json=dollars).json
    assert (flat["amount"], flat["amount_in_base"], flat["persons"]) == ("1000.00", "800.00", None)
    budget = call("GET")
    assert budget.json["subtotal"] == "81800.00"
    assert [each["amount"] for each in budget.json["on_costs"]] == ["4090.00", "6441.75"]
    assert budget.json["total"] == "92331.75"
    submitted = call("POST", "/versions/1/submit", match=budget.headers["ETag"])
    assert submitted.json["state"] == "submitted"
    etag = submitted.headers["ETag"]
    assert call("POST", "/versions/1/approve", match=etag).status_code == 403
    assert decide("POST", "/versions/1/approve", match=etag).json["state"] == "approved"
    refused = call("POST", "/versions/1/lines", json=LINE)
    assert refused.status_code == 422
    assert "no longer changes" in refused.json["detail"]


def test_a_change_needs_the_version_it_was_made_on(client, planner, drafted):
    call = client(planner)
    line = call("GET", "/versions/1/lines/1")
    changed = {**LINE, "rate": "200"}
    assert call("PUT", "/versions/1/lines/1", json=changed).status_code == 428
    first = call("PUT", "/versions/1/lines/1", json=changed, match=line.headers["ETag"])
    assert first.json["amount"] == "90000.00"
    late = call("PUT", "/versions/1/lines/1", json=LINE, match=line.headers["ETag"])
    assert late.status_code == 409
    assert late.json["current"]["rate"] == "200"


def test_what_is_missing_is_named_by_field(client, planner, started):
    incomplete = {**LINE, "persons": None}
    answer = client(planner)("POST", "/versions/1/lines", json=incomplete)
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"persons"}


def test_a_json_fraction_is_not_taken_for_money(client, planner, started):
    answer = client(planner)("POST", "/versions/1/lines", json={**LINE, "rate": 180.5})
    assert answer.status_code == 422
    assert "rate" in answer.json["errors"]


@pytest.mark.parametrize("path", ["lines/99999999999999999999", "rates/U%00D"])
def test_an_address_no_column_could_hold_is_not_found(client, planner, started, path):
    assert client(planner)("DELETE", f"/versions/1/{path}", match="1").status_code == 404


def test_a_line_is_taken_off_and_put_back(client, planner, drafted):
    call = client(planner)
    assert call("DELETE", "/versions/1/lines/3").status_code == 428
    removed = call("DELETE", "/versions/1/lines/3", match="1")
    assert removed.status_code == 204
    assert len(call("GET").json["lines"]) == 2
    assert call("GET", "/versions/1/lines/3").status_code == 404
    back = "/versions/1/lines/3/put-back"
    assert call("POST", back).status_code == 428
    assert call("POST", back, match="1").status_code == 409
    assert call("POST", back, match=removed.headers["ETag"]).status_code == 200
    assert len(call("GET").json["lines"]) == 3


def test_rates_and_shares_are_changed(client, planner, drafted):
    call = client(planner)
    rate = {"units_per_base": "1.5", "quoted_on": "2026-04-02", "source": "Bank of Examples"}
    assert call("PUT", "/versions/1/rates/USD", json=rate, match="1").status_code == 200
    assert call("DELETE", "/versions/1/rates/USD").status_code == 428
    assert call("DELETE", "/versions/1/rates/USD", match="1").status_code == 409
    assert call("DELETE", "/versions/1/rates/USD", match="2").status_code == 422
    shares = {"contingency_percent": "0", "overhead_percent": "0"}
    etag = call("GET").headers["ETag"]
    answer = call("PUT", "/versions/1/shares", json=shares, match=etag)
    assert answer.json["total"] == answer.json["subtotal"] == "111900.00"


def test_a_returned_budget_is_worked_on_again(client, planner, approver, submitted):
    call, decide = client(planner), client(approver)
    etag = call("GET").headers["ETag"]
    answer = decide("POST", "/versions/1/return", match=etag, json={"reason": "Too much"})
    assert (answer.json["state"], answer.json["return_reason"]) == ("returned", "Too much")
    answer = call("POST", "/versions/1/rework", match=answer.headers["ETag"])
    assert answer.json["state"] == "draft"


def test_a_revision_and_its_changes_are_read(client, inside, planner, approver, approved):
    call = client(planner)
    opened = call("POST", "/versions/1/revise", match=call("GET").headers["ETag"])
    assert (opened.status_code, opened.json["number"]) == (201, 2)
    call("DELETE", "/versions/2/lines/3", match="1")
    changes = call("GET", "/versions/2/changes").json
    assert [(each["change"], each["by"]) for each in changes["lines"]] == [("removed", "-900.00")]
    versions = call("GET", "/versions").json["items"]
    assert [(each["number"], each["state"]) for each in versions] == [(2, "draft"), (1, "approved")]
    decide = client(approver)
    etag = call("GET", "/versions/2").headers["ETag"]
    assert decide("POST", "/versions/2/close", match=etag).status_code == 422


def test_a_moved_line_tells_the_dates_it_had(client, inside, plans, planner, drafted):
    with inside():
        service.apply_new_dates(planner, drafted, plans.move(drafted, TWELVE_DAYS))
    line = client(planner)("GET", "/versions/1/lines/1").json
    assert (line["phase_end"], line["moved_from_end"]) == ("2026-05-16", "2026-05-14")


def test_a_token_without_the_scope_reads_and_does_not_write(client, planner, started):
    call = client(planner, [MissionsPermission.BUDGET_SEE])
    assert call("GET").status_code == 200
    assert call("POST", "/versions/1/lines", json=LINE).status_code == 403


def test_who_may_not_see_missions_finds_nothing(client, factory, drafted):
    call = client(factory.actor())
    assert call("GET").status_code == 404
    assert call("POST", "/versions/1/lines", json=LINE).status_code == 404


def test_before_it_is_started_there_is_no_budget(client, planner, subject):
    call = client(planner)
    assert call("GET").status_code == 404
    assert call("GET", "/versions").json == {"items": []}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/versions/1/lines/99999999999999999999"),
        ("DELETE", "/versions/1/lines/99999"),
        ("DELETE", "/versions/99999999999999999999/lines/1"),
        ("DELETE", "/versions/1/rates/usd"),
        ("DELETE", "/versions/1/rates/a%00b"),
        ("PUT", "/versions/1/rates/xyz"),
        ("PUT", "/versions/1/rates/XAF"),
    ],
)
def test_what_was_never_there_is_not_found(client, planner, drafted, method, path):
    rate = {"units_per_base": "1.5", "quoted_on": "2026-04-02", "source": "Bank of Examples"}
    body = {"json": rate} if method == "PUT" else {}
    assert client(planner)(method, path, match="1", **body).status_code == 404
