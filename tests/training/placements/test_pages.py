"""The pages of placements, as an officer, an approver and applicants use them."""

import pytest
from sqlalchemy import text, update

from kernel.db import db
from kernel.identity.models import Person
from kernel.values import clock
from tests.factories.network import end_affiliations
from tests.training.placements.conftest import EARLIER, SAID
from training.placements import service

DRAFT = {
    "title": "Electoral professional (fictional)",
    "summary": "Work with the **electoral support section**.",
    "term_months": "12",
    "closes_on": "2030-03-12",
    "time_zone": "Europe/London",
    "subjects": "Political science\nLaw",
    "experience": "on",
}
ANSWERS = {
    "full_time": "yes",
    "degree_level": "master",
    "degree_subject": "Law",
    "manages_projects": "yes",
    "manages_budgets": "yes",
    "motivation": "I ran our voter education programme (fictional).",
}


@pytest.fixture
def applying(browser_for, alumna, vacancy_id):
    """The alumna's browser, and the page of her application."""
    browser = browser_for(alumna)
    return browser, browser.get(f"/training/placements/{vacancy_id}/apply")


def test_officer_drafts_and_another_approves_and_it_is_published(
    browser_for, officer, approver, alumna, event
):
    writes, approves, reads = map(browser_for, (officer, approver, alumna))
    empty = writes.get("/training/placements")
    assert "No placements yet" in empty.text
    form = writes.get(empty.links()["New vacancy"])
    page = writes.submit(form, "Save draft", **DRAFT, events=str(event.id))
    assert "Draft, to be approved" in page.text
    assert "Approve" not in page._buttons()
    assert "No placement is open" in reads.get("/training/placements").text
    page = approves.submit(approves.get(page.path), "Approve")
    assert "The vacancy was approved." in page.text
    page = writes.submit(writes.get(page.path), "Publish")
    assert "Its terms and rules are frozen." in page.text
    page = reads.get(reads.get("/training/placements").links()[DRAFT["title"]])
    assert "Closes 12 March 2030, 23:59 (Europe/London)" in page.text
    assert "12 months, never renewed nor extended" in page.text
    assert "Africa region workshop (fictional)" in page.text
    assert "<strong>electoral support section</strong>" in page.html


def test_reader_in_another_zone_sees_the_deadline_in_hers_too(
    browser_for, factory, inside, alumna, vacancy_id
):
    with inside():
        db.session.execute(
            text("update kernel.person set time_zone = 'Pacific/Auckland' where id = :id"),
            {"id": alumna.person_id},
        )
    page = browser_for(alumna).get(f"/training/placements/{vacancy_id}")
    assert "12 March 2030, 23:59 (Europe/London)" in page.text
    assert "In your time zone: 13 Mar 2030, 12:59" in page.text


def test_refused_draft_names_its_fields_and_keeps_what_was_typed(browser_for, officer):
    browser = browser_for(officer)
    form = browser.get("/training/placements/new")
    typed = {**DRAFT, "term_months": "13", "closes_time": "25:00", "title": ""}
    page = browser.submit(form, "Save draft", **typed)
    assert page.status == 422
    assert len(page.errors) == 3
    assert 'value="13"' in page.html
    assert "Political science" in page.html
    past = browser.submit(form, "Save draft", **{**DRAFT, "closes_on": "2020-01-01"})
    assert past.errors == ["Enter a deadline that lies ahead; this one has passed."]


def test_two_officers_editing_a_draft_see_both_versions(
    browser_for, factory, officer, inside, terms
):
    with inside():
        draft = service.draft_vacancy(officer, terms())
    other = factory.actor("Second officer (fictional)", roles=["programme_officer"])
    first, second = browser_for(officer), browser_for(other)
    path = f"/training/placements/{draft.id}/edit"
    one, two = first.get(path), second.get(path)
    assert first.submit(one, "Save draft", title="First title").status == 200
    page = second.submit(two, "Save draft", title="Second title")
    assert page.status == 409
    assert "First title" in page.text
    assert "Second title" in page.text


def test_published_vacancy_leads_back_from_its_form(browser_for, officer, vacancy_id):
    page = browser_for(officer).get(f"/training/placements/{vacancy_id}/edit")
    assert page.status == 303


def test_every_rule_answers_in_words_before_she_applies(browser_for, alumna, event, vacancy_id):
    page = browser_for(alumna).get(f"/training/placements/{vacancy_id}")
    assert "Are you eligible? ? Needs evidence" in page.text
    assert page.text.count("Unknown") == 3
    assert page.text.count("Pass") == 1
    assert "minutes on record: 960." in page.text
    assert "The organiser’s record" in page.text
    assert "Nobody has said yet" in page.text


def test_she_saves_reviews_and_sends_and_it_is_kept(applying, event):
    browser, form = applying
    page = browser.submit(form, "Save draft", full_time="no")
    assert "It is not sent yet." in page.text
    assert "Not eligible" in page.text
    page = browser.submit(page, "Save and review", **ANSWERS)
    assert "Are you eligible? ✓ Eligible" in page.text
    assert ANSWERS["motivation"] in page.text
    sent = browser.submit(page, "Send the application")
    assert "Your application was sent." in sent.text
    assert "What was shown when applying ✓ Eligible" in sent.text
    # The same form once more, as a double click sends it, leads to the same page.
    assert browser.submit(page, "Send the application").path == sent.path
    again = browser.get(form.path)
    assert again.status == 303
    assert browser.get("/training/applications").text.count("Electoral professional") == 1


def test_a_subject_that_is_not_listed_is_written_and_kept(applying):
    browser, form = applying
    typed = {**ANSWERS, "degree_subject": "*", "other_subject": "Botany"}
    page = browser.submit(form, "Save draft", **typed)
    assert 'value="Botany"' in page.html
    assert "Botany, which is not among the relevant subjects" in page.text


def test_a_letter_is_asked_for_before_sending_and_nothing_is_lost(applying):
    browser, form = applying
    page = browser.submit(form, "Save and review", **{**ANSWERS, "motivation": ""})
    refused = browser.submit(page, "Send the application")
    assert refused.status == 422
    assert refused.errors == ["Write your motivation letter before you send the application."]
    assert "Employed at Electoral Commission (fictional), full time." in refused.text


def test_facts_that_changed_since_the_review_are_shown_before_anything_is_sent(
    applying, inside, alumna, event
):
    browser, form = applying
    page = browser.submit(form, "Save and review", **ANSWERS)
    with inside():
        end_affiliations(alumna)
    refused = browser.submit(page, "Send the application")
    assert refused.status == 422
    assert "Employment at Electoral Commission (fictional) has ended." in refused.text
    assert "Your application was sent." in browser.submit(refused, "Send the application").text


@pytest.fixture
def in_time(browser_for, alumna, publish):
    """Her browser and the page of her application, opened before a deadline that has passed since."""
    browser = browser_for(alumna)
    with clock.frozen(EARLIER):
        path = f"/training/placements/{publish(closes_on=EARLIER.date())}/apply"
        return browser, browser.get(path)


def test_after_the_deadline_the_server_refuses_and_keeps_what_was_typed(in_time):
    browser, form = in_time
    page = browser.submit(form, "Save and review", **ANSWERS)
    assert page.status == 422
    assert page.errors == [
        "This vacancy closed on 2020-03-12 23:59 (Europe/London). Nothing can be sent any more."
    ]
    assert ANSWERS["motivation"] in page.html
    assert browser.get(form.path).status == 303
    vacancy = browser.get(form.path.removesuffix("/apply"))
    assert "This vacancy has closed." in vacancy.text
    assert "Apply" not in vacancy.links()


def test_a_review_left_open_over_the_deadline_sends_nothing(in_time):
    browser, form = in_time
    with clock.frozen(EARLIER):
        page = browser.submit(form, "Save and review", **ANSWERS)
    late = browser.submit(page, "Send the application")
    assert late.status == 422
    assert "closed on 2020-03-12 23:59 (Europe/London)" in late.text
    mine = browser.get("/training/applications")
    assert "Closed 12 March 2020, 23:59 (Europe/London)" in mine.text
    draft = browser.get(mine.links()["Electoral professional (fictional)"])
    assert "was not sent before the deadline" in draft.text
    assert ANSWERS["motivation"] in draft.text


def test_the_applications_say_that_the_vacancy_has_closed_before_its_job_has_come(
    browser_for, officer, in_time
):
    _, form = in_time
    page = browser_for(officer).get(form.path.replace("/apply", "/applications"))
    assert "Closed 12 March 2020, 23:59 (Europe/London)" in page.text


def test_she_withdraws_what_she_sent(browser_for, alumna, event, vacancy_id, apply):
    browser = browser_for(alumna)
    page = browser.get(f"/training/applications/{apply(alumna, vacancy_id)}")
    page = browser.submit(page, "Withdraw")
    assert "Your application was withdrawn." in page.text
    assert "Withdrawn" in page.text


def test_officer_reads_the_counts_and_the_reasons(
    browser_for, officer, alumna, absentee, event, vacancy_id, apply, close
):
    apply(alumna, vacancy_id), apply(absentee, vacancy_id)
    browser = browser_for(officer)
    path = f"/training/placements/{vacancy_id}/applications"
    before = browser.get(path)
    assert "<dt>Sent</dt><dd>2</dd>" in before.html
    assert "Decisions are taken at the deadline." in before.text
    close(vacancy_id)
    page = browser.get(path)
    counts = {"Eligible": 1, "Needs evidence": 0, "Not eligible": 1}
    assert all(f"<dt>{word}</dt><dd>{n}</dd>" in page.html for word, n in counts.items())
    one = browser.get(page.links()["Wanjiru Fictional"])
    assert "Decision at closing ✗ Not eligible" in one.text
    assert "and attended 0 minutes." in one.text
    assert SAID.motivation in one.text
    page = browser.submit(browser.get(f"/training/placements/{vacancy_id}"), "Record as filled")
    assert "The outcome was recorded." in page.text


def test_the_month_of_an_event_is_written_in_the_readers_language(
    browser_for, inside, alumna, event, vacancy_id
):
    with inside():
        db.session.execute(
            update(Person).where(Person.id == alumna.person_id).values(language="fr")
        )
    page = browser_for(alumna).get(f"/training/placements/{vacancy_id}")
    assert "(août 2015)" in page.text
    assert "2015-08" not in page.text


def test_officer_without_applications_is_told_what_comes(browser_for, officer, vacancy_id):
    page = browser_for(officer).get(f"/training/placements/{vacancy_id}/applications")
    assert "No applications yet" in page.text


def test_what_is_not_ones_own_is_not_there(
    browser_for, officer, alumna, absentee, inside, event, vacancy_id, apply, terms
):
    with inside():
        draft = service.draft_vacancy(officer, terms())
    application_id = apply(alumna, vacancy_id)
    stranger = browser_for(absentee)
    assert stranger.get(f"/training/applications/{application_id}").status == 404
    assert stranger.get(f"/training/placements/{draft.id}").status == 404
    assert stranger.get(f"/training/placements/{draft.id}/apply").status == 404
    received = f"/training/placements/{vacancy_id}/applications"
    assert stranger.get(received).status == 403
    assert stranger.get(f"{received}/{application_id}").status == 403
    assert stranger.get("/training/placements/new").status == 403


def test_lists_cost_the_same_with_one_and_three(
    browser_for, officer, factory, event, vacancy_id, apply, publish, queries
):
    people = [factory.actor(f"Applicant {number} (fictional)") for number in range(3)]
    browser, mine = browser_for(officer), browser_for(people[0])
    received = f"/training/placements/{vacancy_id}/applications"
    apply(people[0], vacancy_id)
    pages = [(browser, received), (mine, "/training/applications"), (mine, "/training/placements")]

    def costs():
        found = []
        for who, path in pages:
            with queries() as seen:
                assert who.get(path).status == 200
            found.append(len(seen))
        return found

    costs()
    one = costs()
    for person in people[1:]:
        apply(person, vacancy_id)
    for _ in range(2):
        apply(people[0], publish())
    assert costs() == one
    assert max(one) <= 7  # one of them for the keys of all applicants
