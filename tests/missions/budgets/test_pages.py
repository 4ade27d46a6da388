"""The pages of budgets, walked as people walk them."""

import gzip
from decimal import Decimal

import pytest

from missions.budgets import service
from missions.budgets.rules.catalogue import Driver
from tests.missions.budgets.conftest import TWELVE_DAYS, entry, lock


@pytest.fixture
def planning(browser_for, planner):
    return browser_for(planner)


@pytest.fixture
def approving(browser_for, approver):
    return browser_for(approver)


def address(subject, path: str = "") -> str:
    return f"/missions/{subject.id}/budget{path}"


def test_a_planner_starts_a_budget_adds_lines_of_all_drivers_and_submits(planning, subject):
    page = planning.get(address(subject))
    shares = {"contingency_percent": "5", "overhead_percent": "7.5"}
    page = planning.submit(page, "Start the budget", base_currency="GBP", **shares)
    assert "No lines yet" in page.text
    page = planning.get(address(subject, "/versions/1/rates/new"))
    page = planning.submit(
        page,
        "Save rate",
        currency="USD",
        units_per_base="1.25",
        quoted_on="2026-04-01",
        source="Bank of Examples",
    )
    assert "Bank of Examples" in page.text
    page = planning.get(address(subject, "/versions/1/lines/new"))
    page = planning.submit(
        page,
        "Add line",
        category="subsistence",
        description="Daily allowance",
        driver="person_units",
        persons="45",
        measure="days",
        phase="deployment",
        rate="180",
    )
    assert "45 persons × 10 days × \u2066GBP 180\u2069" in page.text
    page = planning.get(address(subject, "/versions/1/lines/new"))
    page = planning.submit(
        page,
        "Add line",
        category="travel",
        description="Flights",
        driver="units",
        measure="number",
        units="45",
        rate="1,000.50",
        currency="USD",
    )
    assert "45 units × \u2066USD 1,000.50\u2069" in page.text
    page = planning.get(address(subject, "/versions/1/lines/new"))
    page = planning.submit(
        page,
        "Add line",
        category="reporting",
        description="Printing",
        driver="lump_sum",
        rate="900",
        measure="number",
    )
    # 81,000 + 45 × 1,000.50 ÷ 1.25 + 900 = 117,918; + 5 % = 5,895.90; + 7.5 % = 9,286.04
    for number in ("36,018.00", "117,918.00", "5,895.90", "9,286.04", "133,099.94"):
        assert number in page.text
    page = planning.submit(page, "Submit for approval")
    assert "Waiting for approval" in page.text


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"driver": "person_units", "measure": "number", "units": "12"}, {"persons"}),
        ({"driver": "person_units", "measure": "days", "persons": "4"}, {"phase"}),
        ({"driver": "units", "measure": "number"}, {"units"}),
        ({"driver": "units", "measure": "number", "units": "twelve"}, {"units"}),
    ],
)
def test_a_line_form_says_which_factor_of_its_driver_is_missing(planning, started, typed, fields):
    page = planning.get(address(started, "/versions/1/lines/new"))
    page = planning.submit(
        page, "Add line", description="Kept", category="travel", rate="180", **typed
    )
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert len(page.errors) == len(fields)
    assert {href.removeprefix("#") for href in page.links().values() if href[0] == "#"} >= fields
    assert 'value="Kept"' in page.html


def test_a_line_shows_how_it_was_calculated(planning, drafted):
    page = planning.get(address(drafted, "/versions/1/lines/2"))
    for step in (
        "45 units × \u2066USD 1,000\u2069",
        "\u2066USD 45,000.00\u2069",
        "Divided by 1.25 USD for 1 GBP (Central bank (fictional), 1 Apr 2026), rounded",
        "\u2066GBP 36,000.00\u2069",
    ):
        assert step in page.text
    page = planning.get(address(drafted, "/versions/1/lines/1"))
    assert "Deployment, 5–14 May 2026" in page.text
    assert "10 days" in page.text


def test_a_line_is_changed_on_its_page(planning, drafted):
    page = planning.get(address(drafted, "/versions/1/lines/3"))
    page = planning.submit(page, "Save line", rate="950.5")
    assert "950.50" in page.text


def test_two_people_changing_one_line_see_both_versions(planning, inside, planner, drafted):
    page = planning.get(address(drafted, "/versions/1/lines/3"))
    with inside():
        other = entry(
            category="reporting",
            description="Posters",
            driver=Driver.LUMP_SUM,
            rate=Decimal(1200),
        )
        service.change_line(planner, drafted, 1, 3, other, lock=1)
    page = planning.submit(page, "Save line", description="Leaflets", rate="950")
    assert page.status == 409
    for text in ("Posters", "Leaflets", "1200", "950"):
        assert text in page.text
    page = planning.submit(page, "Save mine over theirs")
    assert "Leaflets" in page.text
    assert "950.00" in page.text


def test_a_removed_line_is_put_back_by_undo(planning, drafted):
    page = planning.get(address(drafted, "/versions/1/lines/3"))
    page = planning.submit(page, "Remove this line")
    assert "The line was removed." in page.text
    assert "Printing" not in page.text
    page = planning.submit(page, "Undo")
    assert "Printing" in page.text


def test_a_line_changed_meanwhile_is_not_removed_by_a_page_that_grew_old(
    planning, inside, planner, drafted
):
    page = planning.get(address(drafted, "/versions/1/lines/3"))
    with inside():
        service.change_line(planner, drafted, 1, 3, entry(description="Posters"), lock=1)
    assert planning.submit(page, "Remove this line").status == 409
    assert "Posters" in planning.get(address(drafted)).text


def test_what_was_refused_is_still_held_to_the_version_it_was_typed_on(
    planning, inside, planner, drafted
):
    page = planning.get(address(drafted, "/versions/1/lines/3"))
    with inside():
        service.change_line(planner, drafted, 1, 3, entry(description="Posters"), lock=1)
    page = planning.submit(page, "Save line", rate="much")
    assert page.status == 422
    page = planning.submit(page, "Save line", rate="950")
    assert page.status == 409
    assert "Posters" in page.text


def test_a_form_sent_twice_adds_one_line(planning, started):
    page = planning.get(address(started, "/versions/1/lines/new"))
    typed = {
        "category": "travel",
        "description": "Once",
        "driver": "lump_sum",
        "rate": "7",
        "measure": "number",
    }
    planning.submit(page, "Add line", **typed)
    page = planning.submit(page, "Add line", **typed)
    assert page.html.count(">Once<") == 1


def test_a_rate_is_changed_and_a_rate_in_use_is_not_removed(planning, drafted):
    page = planning.get(address(drafted, "/versions/1/rates/USD"))
    page = planning.submit(page, "Save rate", units_per_base="1.5")
    assert "30,000.00" in page.text
    page = planning.submit(page, "Remove USD")
    assert page.status == 422
    assert "Change or remove them" in page.text


def test_a_rate_of_zero_is_refused(planning, started):
    page = planning.get(address(started, "/versions/1/rates/new"))
    page = planning.submit(
        page,
        "Save rate",
        currency="USD",
        units_per_base="0",
        quoted_on="2026-04-01",
        source="Nobody",
    )
    assert page.status == 422
    assert page.errors == ["Enter a rate above zero, for example 1.27."]


def test_shares_are_changed_in_percent(planning, drafted):
    page = planning.get(address(drafted, "/versions/1/shares"))
    page = planning.submit(page, "Save shares", contingency_percent="10")
    assert "10% of \u2066GBP 117,900.00\u2069" in page.text
    assert "7% of \u2066GBP 129,690.00\u2069" in page.text


def test_an_approver_approves_and_the_budget_is_frozen(approving, planning, submitted):
    page = approving.get(address(submitted))
    page = approving.submit(page, "Approve")
    assert "Approved by Approver (fictional)" in page.text
    page = planning.get(address(submitted))
    assert "Add line" not in page.text
    refused = planning.get(address(submitted, "/versions/1/lines/3"))
    assert "Save line" not in refused.text


def test_an_approver_returns_with_a_reason_and_the_planner_works_on_it_again(
    approving, planning, submitted
):
    page = approving.get(address(submitted, "/versions/1/return"))
    refused = approving.submit(page, "Return to author")
    assert refused.status == 422
    page = approving.submit(page, "Return to author", reason="Count nights")
    page = planning.get(address(submitted))
    assert "Count nights" in page.text
    page = planning.submit(page, "Work on it again")
    assert "Add line" in page.text


def test_a_planner_sees_no_approval_and_may_not_post_one(planning, inside, planner, submitted):
    page = planning.get(address(submitted))
    assert "Approve" not in page._buttons()
    token = page.form("Sign out")[0].find(".//input[@name='csrf_token']").get("value")
    with inside():
        read = lock(planner, submitted)
    answer = planning.post(
        address(submitted, "/versions/1/approve"), data={"csrf_token": token, "version": read}
    )
    assert answer.status == 403


def test_a_planner_who_may_approve_too_sees_no_button_for_her_own(browser_for, factory, drafted):
    both = factory.actor("Both (fictional)", roles=["planner", "approver"])
    browser = browser_for(both)
    page = browser.submit(browser.get(address(drafted)), "Submit for approval")
    assert "Approve" not in page._buttons()


def test_a_page_that_grew_old_does_not_submit(planning, inside, planner, drafted):
    page = planning.get(address(drafted))
    with inside():
        service.add_line(planner, drafted, 1, entry())
    assert planning.submit(page, "Submit for approval").status == 409


def test_a_moved_line_says_why(planning, inside, plans, planner, drafted):
    with inside():
        service.apply_new_dates(planner, drafted, plans.move(drafted, TWELVE_DAYS))
    page = planning.get(address(drafted))
    assert "Deployment is now 5–16 May: 12 days instead of 10." in page.text


def test_a_revision_opened_by_a_move_says_so_and_shows_what_changed(
    planning, inside, plans, planner, approved
):
    with inside():
        service.apply_new_dates(planner, approved, plans.move(approved, TWELVE_DAYS))
    page = planning.get(address(approved))
    assert "This revision was opened by itself" in page.text
    page = planning.get(address(approved, "/history"))
    assert "Opened by itself when dates moved" in page.text
    page = planning.get(page.links()["What version 2 changed"])
    assert "45 persons × 10 days" in page.text
    assert "45 persons × 12 days" in page.text
    assert "+16,200.00" in page.text
    assert "2 lines are as they were." in page.text
    page = planning.get(address(approved, "/versions/1"))
    assert "There is a newer version" in page.text


def test_a_revision_is_started_and_a_budget_closed_by_a_button(approving, planning, approved):
    page = planning.submit(planning.get(address(approved)), "Start a revision")
    assert "Version 2" in page.text
    assert "Close the budget" not in approving.get(address(approved))._buttons()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/history",
        "/versions/1",
        "/versions/1.pdf",
        "/versions/1.xlsx",
        "/versions/1.csv",
        "/versions/1/lines/1",
        "/versions/1/lines/new",
        "/versions/1/rates/new",
        "/versions/1/rates/USD",
        "/versions/1/shares",
    ],
)
def test_who_may_not_see_missions_finds_nothing(browser_for, factory, planning, drafted, path):
    assert planning.get(address(drafted, path)).status == 200
    assert browser_for(factory.actor()).get(address(drafted, path)).status == 404


def test_another_networks_planner_finds_nothing(app, make_tenant, planning, drafted, monkeypatch):
    from tests.factories import Factory
    from tests.pages import Browser

    elsewhere = make_tenant()
    stranger = Factory(app, elsewhere).actor(roles=["planner"])
    page = Browser.at(app, elsewhere.host, stranger).get(address(drafted, "/versions/1"))
    assert page.status == 404
    assert planning.get(address(drafted, "/versions/1")).status == 200


@pytest.mark.parametrize("path", ["/versions/2", "/versions/1/lines/9", "/versions/1/rates/XAF"])
def test_what_is_not_there_is_not_found(planning, drafted, path):
    assert planning.get(address(drafted, path)).status == 404


def fill(inside, planner, subject, count: int) -> None:
    codes = ["travel", "subsistence", "fees", "transport", "security"]
    with inside():
        for number in range(count):
            service.add_line(
                planner,
                subject,
                1,
                entry(
                    category=codes[number % 5],
                    description=f"Line number {number} of the budget",
                    rate=Decimal(100 + number),
                    currency="USD" if number % 3 == 0 else "GBP",
                ),
            )


def test_a_budget_of_300_lines_is_light_and_takes_few_queries(
    planning, inside, planner, drafted, queries
):
    with queries() as few:
        planning.get(address(drafted))
    fill(inside, planner, drafted, 297)
    with queries() as many:
        page = planning.get(address(drafted))
    assert page.html.count("<tr>") > 300
    assert len(gzip.compress(page.html.encode(), 6)) <= 30_000
    assert len(many) == len(few) <= 8
