"""The pages and the API of those who run workshops, and of those who hold a certificate."""

import io
import zipfile

import pytest

from tests.factories.training import AGENDA, make_workshop
from tests.training.certificates.conftest import A_MINUTE_LESS, FULL
from training.certificates import queries as certificate_queries
from training.certificates import rules, service
from training.certificates.service import issuing


@pytest.fixture
def browser(browser_for, officer):
    return browser_for(officer)


@pytest.fixture
def index(workshop_id):
    return f"/training/workshops/{workshop_id}/certificates"


@pytest.fixture
def certificate(workshop_id, register, lock, issued, certificates):
    register(workshop_id, "Ama Fictional", FULL)
    register(workshop_id, "Abla Fictional", A_MINUTE_LESS)
    lock(workshop_id)
    issued(workshop_id)
    return certificates()[0]


def test_before_the_lock_the_page_says_what_to_do_and_offers_no_button(
    browser, index, workshop_id, register
):
    register(workshop_id, minutes=FULL)
    page = browser.get(index)
    assert "Attendance is still open" in page.text
    assert "Issue" not in [b.text for b in page.document.iter("button")]
    refused = browser.post(f"{index}/issue", data={"csrf_token": token(browser, index)})
    assert refused.status == 422
    assert "Lock the attendance" in refused.text


def token(browser, path):
    page = browser.get(path)
    inputs = page.document.iter("input")
    return next(e.get("value", "") for e in inputs if e.get("name") == "csrf_token")


def test_when_nobody_earned_one_the_page_says_so(browser, index, workshop_id, register, lock):
    register(workshop_id, minutes=A_MINUTE_LESS)
    lock(workshop_id)
    assert "Nobody earned a certificate" in browser.get(index).text


def test_the_button_leads_to_the_progress_and_the_progress_to_the_end(
    browser, index, workshop_id, register, lock, run_jobs
):
    for name in ("Ama Fictional", "Abla Fictional"):
        register(workshop_id, name, FULL)
    lock(workshop_id)
    page = browser.submit(browser.get(index), "Issue 2 certificates")
    assert "0 of 2" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.html
    assert "hx-trigger" in page.html
    assert "Certificates are being issued: 0 of 2" in browser.get(index).text
    run_jobs()
    page = browser.get(page.path)
    assert "2 certificates were issued." in page.text
    assert "refresh" not in page.html
    assert "hx-trigger" not in page.html


def test_a_swap_by_htmx_brings_the_content_alone(browser, index, workshop_id, register, lock):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    path = browser.submit(browser.get(index), "Issue 1 certificate").path
    headers = {"HX-Request": "true", "HX-Target": "main"}
    answer = browser.client.get(path, base_url=browser.base_url, headers=headers)
    assert "0 of 1" in answer.text
    assert "<html" not in answer.text


def test_the_list_names_states_minutes_and_codes(browser, index, certificate):
    page = browser.get(index)
    assert "Ama Fictional" in page.text
    assert rules.grouped(certificate.code) in page.text
    assert "1,200 of 1,200" in page.text
    assert "Abla Fictional" not in page.text  # below the threshold, and counted
    assert "Below the threshold1" in page.text.replace(" 1", "1")


def test_the_list_costs_the_same_for_one_and_for_three(
    browser, index, workshop_id, register, lock, issued, inside, queries
):
    with inside():
        crowded = make_workshop(title="Crowded (fictional)", minutes=AGENDA).id
    register(workshop_id, minutes=FULL)
    for number in range(3):
        register(crowded, f"Person {number} Fictional", FULL)
    counts = []
    for each in (workshop_id, crowded):
        lock(each)
        issued(each)
        path = f"/training/workshops/{each}/certificates"
        browser.get(path)
        with queries() as seen:
            browser.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_certificate_with_a_former_name_says_so_and_leads_to_its_replacement(
    browser, index, certificate, rename, program, workshop_id
):
    rename(certificate.participant_id, "Ama Serwaa Fictional")
    own = f"/training/certificates/{certificate.id}"
    for page in (browser.get(index), browser.get(own)):
        assert "former" in page.text
        assert page.links()["Replace the certificate"] == f"{own}/replace"
    assert "Bears the former name: Ama Fictional." in browser.get(index).text
    [entry] = program.get(f"/api/v1/workshops/{workshop_id}/certificates").json["items"]
    assert (entry["name"], entry["former_name"]) == ("Ama Serwaa Fictional", "Ama Fictional")
    assert (
        program.get(f"/api/v1/certificates/{certificate.id}").json["former_name"] == "Ama Fictional"
    )


def test_the_menu_of_the_workshop_stands_beside_every_page_of_its_certificates(
    browser, index, certificate, inside, workshop_id
):
    with inside():
        run = certificate_queries.latest_run(workshop_id).id
    own = f"/training/certificates/{certificate.id}"
    for address in (index, own, f"{own}/replace", f"/training/issue-runs/{run}"):
        links = browser.get(address).links()
        assert links["Participants"] == f"/training/workshops/{workshop_id}/participants"


@pytest.mark.parametrize(("verb", "then"), [("suspend", "is suspended"), ("revoke", "was revoked")])
def test_a_certificate_is_taken_back_with_a_reason(browser, certificate, browser_for, verb, then):
    page = browser.get(f"/training/certificates/{certificate.id}")
    form = browser.get(page.links()[verb.title()])
    refused = browser.submit(form, verb.title(), reason="")
    assert refused.status == 422
    assert len(refused.errors) == 1
    done = browser.submit(form, verb.title(), reason="Sat in for a colleague")
    assert "Sat in for a colleague" in done.text
    public = browser_for().get(f"/verify/{rules.grouped(certificate.code)}")
    assert then in public.title
    assert "Sat in" not in public.html


def test_the_second_saver_sees_what_stands_now(browser, certificate):
    path = f"/training/certificates/{certificate.id}/suspend"
    first, second = browser.get(path), browser.get(path)
    browser.submit(first, "Suspend", reason="First")
    page = browser.submit(second, "Suspend", reason="Second")
    assert page.status == 409
    assert "First" in page.text
    assert "Second" in page.text


def test_a_replacement_leads_to_the_new_certificate(browser, certificate, certificates):
    form = browser.get(f"/training/certificates/{certificate.id}/replace")
    page = browser.submit(form, "Replace", reason="The name is misspelt")
    new = certificates()[1]
    assert page.path == f"/training/certificates/{new.id}"
    assert rules.grouped(new.code) in page.text


def test_the_holder_downloads_hers_and_a_colleague_finds_nothing(
    workshop_id, register, lock, issued, certificates, factory, browser_for, api_token
):
    holder, colleague = factory.actor("Ama Fictional"), factory.actor("Abla Fictional")
    register(workshop_id, "Ama Fictional", FULL, person_id=holder.person_id)
    lock(workshop_id)
    issued(workshop_id)
    [row] = certificates()
    page = f"/training/certificates/{row.id}/certificate.pdf"
    api = f"/api/v1/certificates/{row.id}/document"
    for actor, status in ((holder, 200), (colleague, 404)):
        got = [
            browser_for(actor).get(page),
            browser_for().get(api, headers={"Authorization": f"Bearer {api_token(actor)}"}),
        ]
        assert [each.status for each in got] == [status, status]
        if status == 200:
            assert {each.response.mimetype for each in got} == {"application/pdf"}
            assert got[0].response.data == got[1].response.data
    assert browser_for().get(page).status == 303  # asked to sign in


def test_a_member_learns_nothing_of_who_has_a_certificate(browser_for, factory, certificate, index):
    browser = browser_for(factory.actor())
    assert browser.get(index).status == 403
    assert browser.get(f"/training/certificates/{certificate.id}").status == 403


def test_all_that_stand_are_downloaded_under_their_holders_names(browser, index, certificate):
    answer = browser.get(f"{index}.zip").response
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == [f"Ama Fictional {rules.grouped(certificate.code)}.pdf"]
        assert archive.read(archive.namelist()[0]).startswith(b"%PDF-")
        assert archive.testzip() is None


def test_with_nothing_to_download_one_is_led_back_and_told(browser, index):
    answer = browser.get(f"{index}.zip")
    assert answer.status == 303
    assert "nothing to download" in browser.get(answer.location).text


def test_a_workshop_that_does_not_exist_is_not_found(browser):
    nothing = "00000000-0000-7000-8000-000000000000"
    assert browser.get(f"/training/workshops/{nothing}/certificates").status == 404
    assert browser.get(f"/training/workshops/{nothing}/certificates.zip").status == 404
    assert browser.get(f"/training/issue-runs/{nothing}").status == 404
    assert browser.get(f"/training/certificates/{nothing}").status == 404


class Program:
    """A program with the officer's token."""

    def __init__(self, client, base_url, token):
        self.client, self.base_url = client, base_url
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path):
        return self.client.get(path, base_url=self.base_url, headers=self.headers)

    def post(self, path, body=None, version=None):
        headers = self.headers | ({"If-Match": f'"{version}"'} if version else {})
        return self.client.post(path, base_url=self.base_url, headers=headers, json=body or {})


@pytest.fixture
def program(app, tenant, officer, api_token):
    return Program(app.test_client(), f"http://{tenant.host}", api_token(officer))


def test_a_program_issues_follows_the_run_and_takes_back(
    program, workshop_id, register, lock, run_jobs
):
    register(workshop_id, "Ama Fictional", FULL)
    path = f"/api/v1/workshops/{workshop_id}/certificates"
    refused = program.post(f"{path}/issue")
    assert refused.status_code == 422
    lock(workshop_id)
    started = program.post(f"{path}/issue")
    assert (started.status_code, started.json["total"], started.json["done"]) == (202, 1, 0)
    run_jobs()
    run = program.get(f"/api/v1/issue-runs/{started.json['id']}").json
    assert (run["done"], run["finished_at"] is not None) == (1, True)
    [entry] = program.get(path).json["items"]
    assert (entry["state"], entry["due"], entry["attended"]) == ("issued", False, 1200)
    one = f"/api/v1/certificates/{entry['certificate_id']}"
    assert program.post(f"{one}/revoke", {"reason": "Mistaken"}).status_code == 428
    assert program.post(f"{one}/revoke", {"reason": ""}, version=1).status_code == 422
    done = program.post(f"{one}/revoke", {"reason": "Mistaken"}, version=1)
    assert (done.status_code, done.json["state"], done.json["cause"]) == (
        200,
        "revoked",
        "decision",
    )
    assert done.headers["ETag"] == '"2"'
    assert program.post(f"{one}/suspend", {"reason": "x"}, version=1).status_code == 409
    new = program.post(f"{one}/replace", {"reason": "Not mistaken"}, version=2)
    assert (new.status_code, new.json["supersedes"]) == (201, entry["certificate_id"])


def test_ones_own_certificates_are_told_to_ones_own_program(
    workshop_id, register, lock, issued, factory, app, tenant, api_token
):
    holder = factory.actor("Ama Fictional")
    register(workshop_id, "Ama Fictional", FULL, person_id=holder.person_id)
    lock(workshop_id)
    issued(workshop_id)
    program = Program(app.test_client(), f"http://{tenant.host}", api_token(holder))
    [one] = program.get("/api/v1/certificates").json["items"]
    assert (one["state"], one["event"]["workshop"]) == ("issued", "Africa region workshop")


def test_a_stuck_run_offers_to_be_taken_up_again(
    browser, index, workshop_id, register, lock, monkeypatch, inside, officer
):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    with inside():
        run = service.start_issuing(officer, workshop_id).id
    monkeypatch.setattr(issuing.rules, "PATIENCE", -issuing.rules.PATIENCE)
    progress = f"/training/issue-runs/{run}"
    for address in (progress, index):
        again = browser.submit(browser.get(address), "Take it up again")
        assert again.path == progress
