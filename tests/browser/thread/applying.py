"""Step 5: a placement, who is eligible for it, and the alumna whom missions find through training."""

from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from kernel.values import clock
from tests.browser.steps import fill, follow, press, read
from tests.browser.thread.costing import POLLING_DAY
from tests.browser.thread.joining import RunJobs

PLACEMENT = "Electoral Professional (fictional)"
CLOSES_IN = timedelta(days=14)
"""From now on; the clock is moved to the moment after."""
VACANCY = {
    "title": PLACEMENT,
    "summary": "Twelve months with the electoral support section. Political science is preferred.",
    "term_months": "12",
    "time_zone": "Europe/London",
    "subjects": "Political science\nLaw",
}
STATEMENTS = {
    "full_time": "yes",
    "degree_level": "master",
    "degree_subject": "Political science",
    "manages_projects": "yes",
    "manages_budgets": "yes",
    "motivation": "I ran the registration of voters of a district and its budget (fictional).",
}
FREE = {
    "starts_on": f"{POLLING_DAY - timedelta(days=13)}",
    "ends_on": f"{POLLING_DAY + timedelta(days=47)}",
}
"""Longer than the mission is in the country, also when its polling day has moved."""


def draft_vacancy(page: Page, event: str) -> str:
    """Draft a vacancy with every kind of rule; its author is not offered to approve it."""
    page.goto("/training/placements")
    follow(page, "New vacancy")
    fill(page, **VACANCY, closes_on=f"{clock.now() + CLOSES_IN:%Y-%m-%d}")
    for rule in ("employment", "experience"):
        page.locator(f"main [name={rule}]").check()
    page.get_by_label(event).check()
    press(page, "Save draft")
    read(page, "Somebody who did not write in it approves it")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    return page.url


def approve_vacancy(page: Page) -> None:
    """Somebody else finds the draft on her home page, and approves it."""
    page.goto("/")
    follow(page, "Approve the vacancy")
    expect(page.locator("h1")).to_have_text(PLACEMENT)
    press(page, "Approve")
    read(page, "The vacancy was approved.")


def publish_vacancy(page: Page, vacancy: str) -> None:
    """Its author publishes what was approved."""
    page.goto(vacancy)
    press(page, "Publish")
    read(page, "The vacancy is published.")


def apply(page: Page, attendance: str) -> None:
    """From the page of the placement: read what every rule says, state, review, send.

    `attendance` is what the organiser's record says of the person.
    """
    expect(page.locator("h1")).to_have_text(PLACEMENT)
    expect(verdict(page, "Took part in one of the listed events")).to_contain_text(attendance)
    expect(verdicts(page)).to_have_count(4)
    follow(page, "Apply")
    fill(page, **STATEMENTS)
    press(page, "Save and review")
    expect(page.locator("h1")).to_have_text("Review and send")
    expect(verdicts(page)).to_have_count(4)
    press(page, "Send the application")
    read(page, "Your application was sent. It is kept as it is.")


def verdicts(page: Page) -> Locator:
    """The rules with their answers, none skipped."""
    return page.locator("section[aria-labelledby=eligibility] ul.list > li")


def verdict(page: Page, rule: str) -> Locator:
    """One rule with its answer."""
    return verdicts(page).filter(has_text=rule)


def check_decision(page: Page, decision: str, reason: str) -> None:
    """Home leads to the decision taken at closing, with its reason."""
    page.goto("/")
    follow(page, "Read the decision on your application")
    decided = page.locator("section[aria-labelledby=decision]")
    expect(decided.get_by_role("heading").first).to_contain_text(decision)
    expect(decided).to_contain_text(reason)
    expect(page.get_by_text(STATEMENTS["motivation"])).to_be_visible()


def allow_missions(page: Page) -> None:
    """Confirm the record, say when one could go, and agree to be found by those who plan missions."""
    page.goto("/")
    follow(page, "Confirm your alumni record")
    press(page, "Confirm my record")
    read(page, "Your record is confirmed.")
    fill(page, **FREE)
    press(page, "Add these days")
    read(page, "The days were added to your availability.")
    press(page, "I agree")
    read(page, "You can now be found.")


def close_vacancy(run_jobs: RunJobs) -> None:
    """Let the day of the deadline pass: the job that waits for its moment closes the placement."""
    with clock.frozen(clock.now() + CLOSES_IN + timedelta(days=1)):
        assert "training.close_vacancy" in run_jobs()


def nominate(page: Page, mission: str, name: str) -> None:
    """The planner finds who is trained and free while the mission is in the country, and nominates her."""
    page.goto(f"{mission}/team")
    follow(page, "Find people")
    read(page, "1 person found")
    found = page.locator("main ul.list > li").filter(has_text=name)
    expect(found).to_contain_text("1,140 of 1,200 minutes")
    expect(found).to_contain_text("Free on all these days")
    found.get_by_role("button", name="Nominate").click()
    read(page, "The person is nominated.")
    page.goto(f"{mission}/team")
    expect(page.locator("main ul.list > li").filter(has_text=name)).to_contain_text("Nominated")
