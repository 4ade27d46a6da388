from io import BytesIO

import icalendar
import pytest
from openpyxl import load_workbook

from missions.plan.starter import STARTER_TASKS


def plan(browser, mission_id):
    return browser.get(f"/missions/{mission_id}/plan")


@pytest.fixture
def started(browser_for, planner, mission_id):
    """The planner's browser on a plan that has the starter tasks."""
    browser = browser_for(planner)
    page = browser.submit(plan(browser, mission_id), "Add the starter plan")
    return browser, page


def test_starter_plan_is_one_click_and_drawn(started):
    _, page = started
    assert STARTER_TASKS[0].title in page.text
    assert "<svg" in page.html
    assert "21 days before polling day" in page.text


def test_task_is_added_edited_and_done(browser_for, planner, mission_id):
    browser = browser_for(planner)
    form = browser.get(f"/missions/{mission_id}/plan/tasks/new")
    typed = {"title": "Brief observers", "timing": "anchored", "offset_days": "−7", "days": "2"}
    page = browser.submit(form, "Save", **typed)
    assert "7 days before polling day" in page.text
    form = browser.get(page.links()["Brief observers"])
    page = browser.submit(form, "Save", title="Brief all observers", offset_days="-6")
    assert "6 days before polling day" in page.text
    page = browser.submit(page, "Mark done")
    assert "Reopen" in page.html


def test_task_without_offset_is_refused_and_kept(browser_for, planner, mission_id):
    browser = browser_for(planner)
    form = browser.get(f"/missions/{mission_id}/plan/tasks/new")
    page = browser.submit(form, "Save", title="Brief observers", timing="anchored")
    assert page.status == 422
    assert "−21" in page.errors[0]
    assert 'value="Brief observers"' in page.html


def test_polling_day_moves_after_a_preview(started, mission_id):
    browser, page = started
    form = browser.get(page.links()["Move polling day"])
    shown = browser.submit(form, "Show what moves", polling_day="2027-04-11")
    assert shown.status == 200
    assert f"{len(STARTER_TASKS)} tasks move" in shown.text
    assert "No budget line changes." in shown.text
    assert "14 March 2027" in plan(browser, mission_id).text
    page = browser.submit(shown, "Move polling day")
    assert "Polling day was moved." in page.text
    assert "11 April 2027" in page.text


def test_preview_says_why_a_done_task_stays(started, mission_id):
    browser, page = started
    browser.submit(page, "Mark done")
    form = browser.get(f"/missions/{mission_id}/plan/move-polling-day")
    shown = browser.submit(form, "Show what moves", polling_day="2027-04-11")
    assert f"{len(STARTER_TASKS) - 1} tasks move" in shown.text
    assert "Done: done tasks keep their dates." in shown.text


def test_stale_preview_is_shown_again_instead_of_carried_out(started, mission_id):
    browser, _ = started
    form = browser.get(f"/missions/{mission_id}/plan/move-polling-day")
    shown = browser.submit(form, "Show what moves", polling_day="2027-04-11")
    edit = browser.get(f"/missions/{mission_id}/edit")
    browser.submit(edit, "Save", title="Renamed (fictional)")
    page = browser.submit(shown, "Move polling day")
    assert page.status == 409
    assert "changed since this preview" in page.text
    assert "14 March 2027" in plan(browser, mission_id).text
    page = browser.submit(page, "Move polling day")
    assert "11 April 2027" in page.text


def test_phase_is_changed_from_the_overview(browser_for, planner, mission_id):
    browser = browser_for(planner)
    links = browser.get(f"/missions/{mission_id}").links()
    form = browser.get(links["Change Mission in the country"])
    page = browser.submit(form, "Save", first_day="−10", last_day="6")
    assert "No budget line counts on it." in page.text
    assert "4 March 2027" in page.text


def test_same_day_is_refused_before_any_preview(started, mission_id):
    browser, _ = started
    form = browser.get(f"/missions/{mission_id}/plan/move-polling-day")
    page = browser.submit(form, "Show what moves", polling_day="2027-03-14")
    assert page.status == 422
    assert page.errors == ["Enter another day: this is polling day already."]


def test_two_people_saving_a_task_see_both_versions(browser_for, factory, planner, started):
    browser, page = started
    other = browser_for(factory.actor(roles=["planner"]))
    address = page.links()[STARTER_TASKS[0].title]
    one, two = browser.get(address), other.get(address)
    browser.submit(one, "Save", title="First title")
    page = other.submit(two, "Save", title="Second title")
    assert page.status == 409
    assert "First title" in page.text
    assert "Second title" in page.text


def test_comparing_versions_shows_values_as_the_form_would(browser_for, planner, mission_id):
    browser = browser_for(planner)
    new = browser.get(f"/missions/{mission_id}/plan/tasks/new")
    typed = {"title": "Board meeting", "timing": "fixed", "starts_on": "2027-02-01"}
    address = browser.submit(new, "Save", **typed).links()["Board meeting"]
    one, two = browser.get(address), browser.get(address)
    browser.submit(one, "Save", starts_on="2027-02-08")
    page = browser.submit(two, "Save", timing="anchored", offset_days="−7")
    assert page.status == 409
    assert "None" not in page.text
    assert "2027-02-08" in page.text
    assert "On a fixed date" in page.text


def test_button_on_an_old_page_changes_nothing(browser_for, factory, planner, started):
    browser, page = started
    browser.submit(page, "Mark done")
    assert browser.submit(page, "Mark done").status == 409


def test_plan_costs_the_same_with_one_and_many_tasks(browser_for, planner, mission_id, queries):
    browser = browser_for(planner)
    new = f"/missions/{mission_id}/plan/tasks/new"
    typed = {"title": "Brief observers", "timing": "anchored", "offset_days": "-7"}
    browser.submit(browser.get(new), "Save", **typed)
    plan(browser, mission_id)
    with queries() as one:
        plan(browser, mission_id)
    browser.submit(browser.get(new), "Save", **typed)
    browser.submit(browser.get(new), "Save", **typed)
    with queries() as three:
        plan(browser, mission_id)
    assert len(one) == len(three) <= 5


def test_workbook_and_calendar_hold_the_tasks(started, mission_id):
    browser, _ = started
    answer = browser.get(f"/missions/{mission_id}/plan/plan.xlsx").response
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert len(rows) == len(STARTER_TASKS) + 1
    answer = browser.get(f"/missions/{mission_id}/plan/plan.ics").response
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert len(events) == len(STARTER_TASKS) + 1


def test_approver_reads_the_plan_and_changes_nothing(browser_for, approver, started, mission_id):
    page = plan(browser_for(approver), mission_id)
    assert STARTER_TASKS[0].title in page.text
    assert "Mark done" not in page.html
    assert "Move polling day" not in page.links()
