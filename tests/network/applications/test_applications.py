"""Organisations that apply for membership: from outside and on paper, considered, admitted or declined."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import Conflict, Refused
from kernel.identity.models import Membership
from kernel.mail.models import OutgoingMail
from kernel.search import search
from kernel.values import clock
from network.applications import queries, service
from network.applications.rules import CONTACT_KEPT, ApplicationState
from network.members import queries as members
from tests.network.applications.conftest import TYPED

API = "/api/v1/membership-applications"
ALL = "/network/applications"


@pytest.fixture
def mails(acting, administrator):
    """The templates of the mails that were queued."""

    def listed():
        with acting(administrator):
            return list(db.session.scalars(select(OutgoingMail.template)))

    return listed


@pytest.fixture
def emb(acting, administrator):
    """The body of the atolls as it stands; None while the network does not know it."""

    def find():
        with acting(administrator):
            return members.embs_of(["TV"]).get("TV")

    return find


def test_an_organisation_applies_without_an_account_and_nobody_is_told_what_is_known(
    browser_for, factory, administrator, waiting, emb
):
    factory.organisation("A member already", country="TO")
    browser = browser_for()
    page = browser.get("/apply")
    refused = browser.submit(page, "Send the application", **{**TYPED, "country": ""})
    assert refused.status == 422
    assert refused.errors == ["Choose the country whose elections this body manages."]
    assert "Three of us run" in refused.html
    for country in ("TO", "TV"):
        done = browser.submit(page, "Send the application", **{**TYPED, "country": country})
        assert "The application was received" in done.text
    assert emb() is None
    [told] = [one for one in waiting(administrator) if one["kind"] == "membership_applications"]
    assert told["count"] == 2
    assert "2 organisations apply" in told["text"]


def test_more_applications_than_an_organisation_sends_are_held_back(browser_for):
    browser = browser_for()
    page = browser.get("/apply")
    statuses = [browser.submit(page, "Send the application", **TYPED).status for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_who_cannot_sign_in_is_led_to_the_application(browser_for):
    page = browser_for().get("/sign-in")
    assert "Does your organisation want to join the network?" in page.text
    assert page.links()["Apply for membership"] == "/apply"


def test_programs_apply_as_people_do_and_learn_as_little(
    app, tenant, factory, administrator, waiting, emb, browser_for
):
    factory.organisation("A member already", country="TO")
    client, options = app.test_client(), {"base_url": f"http://{tenant.host}"}
    refused = client.post("/api/v1/apply", json={**TYPED, "country": None}, **options)
    assert refused.status_code == 422
    assert "country" in refused.text
    told = [
        client.post("/api/v1/apply", json={**TYPED, "country": country}, **options)
        for country in ("TO", "TV")
    ]
    assert [(one.status_code, one.json) for one in told] == [(202, {"received": True})] * 2
    assert emb() is None
    [line] = [one for one in waiting(administrator) if one["kind"] == "membership_applications"]
    assert line["count"] == 2
    browser = browser_for()
    page = browser.get("/apply")
    by_page = [browser.submit(page, "Send the application", **TYPED).status for _ in range(3)]
    assert by_page == [200] * 3
    late = client.post("/api/v1/apply", json=TYPED, **options)
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0


def test_an_application_is_considered_and_admitted_on_its_page(
    browser_for, administrator, received, emb, mails
):
    received()
    browser = browser_for(administrator)
    page = browser.get(browser.get("/network/members").links()["Applications"])
    page = browser.get(page.links()[TYPED["name"]])
    assert "sela@example.org" in page.text
    page = browser.submit(page, "Save", step="considered")
    assert emb().membership == Membership.APPLIED
    refused = browser.submit(page, "Save", step="admitted")
    assert refused.errors == ["Enter the reason of the decision: it is kept in the history."]
    done = browser.submit(refused, "Save", step="admitted", reason="Decided on 3 March.", tell="on")
    assert "Decided on 3 March." in done.text
    assert "Admitted" in done.text
    assert emb().membership == Membership.ACTIVE
    assert mails() == ["invitation"]
    member = browser.get(done.links()["See the organisation"])
    assert "Applied, then Active" in member.text
    colleagues = browser.get(f"/organisations/{emb().id}/people")
    assert "Sela Fictional" in colleagues.text
    assert "Focal point" in colleagues.text


def test_who_is_declined_gets_the_reason_and_is_in_no_list(
    received, step, mails, browser_for, member, administrator, acting, emb
):
    application = received()
    step(application, "considered")
    visitor = browser_for(member)
    assert TYPED["name"] in visitor.get("/network/members").text
    step(application, "declined", reason="It is not a public body.", tell=True)
    assert mails() == ["membership_declined"]
    assert TYPED["name"] not in visitor.get("/network/members").text
    assert visitor.get(f"/network/members/{emb().id}").status == 404
    with acting(member):
        assert search(member, "Atoll") == []
    page = browser_for(administrator).get(f"/network/members/{emb().id}")
    assert "Applied, then Declined" in page.text
    assert "It is not a public body." in page.text


def test_spam_is_declined_without_making_an_organisation(received, step, mails, emb):
    step(received(), "declined", reason="Not an election management body.")
    assert emb() is None
    assert mails() == []


def test_whose_people_apply_sees_nothing_until_the_organisation_is_admitted(
    received, step, factory, browser_for, emb
):
    application = received()
    step(application, "considered")
    applicant = factory.actor("Tala Fictional", organisation=emb())
    browser = browser_for(applicant)
    for path in ("/network/members", "/network/groups", f"/network/members/{emb().id}"):
        assert browser.get(path).status == 404
    step(application, "admitted")
    assert browser.get("/network/members").status == 200


def test_who_left_applies_again_and_keeps_its_history(
    received, step, factory, acting, administrator
):
    old = factory.organisation("Atoll Electoral Office", country="TV", membership="left")
    application = received()
    step(application, "considered", reason="It asks to come back.")
    step(application, "admitted")
    with acting(administrator):
        history = members.history_of(old.id)
    assert [(one.before, one.after) for one in history] == [
        ("applied", "active"),
        ("left", "applied"),
    ]


def test_two_applications_of_one_country_are_not_considered_at_once(received, step):
    step(received(), "considered")
    second = received(name="Another office of the atolls (fictional)")
    with pytest.raises(Refused, match="Another application"):
        step(second, "considered")
    step(second, "declined", reason="The other one stands for the country.")


def test_two_people_deciding_meet(received, step, acting, administrator):
    application = received()
    step(application, "considered")
    with acting(administrator), pytest.raises(Conflict):
        service.take_step(
            administrator,
            application.id,
            version=1,
            step=ApplicationState.DECLINED,
            reason="Too late.",
            tell=False,
        )


def test_each_step_is_in_the_trail_and_names_no_contact(received, step, acting, administrator):
    application = received()
    step(application, "considered")
    step(application, "admitted")
    with acting(administrator):
        found = select(AuditEntry).where(AuditEntry.object_kind == "membership_application")
        entries = db.session.scalars(found.order_by(AuditEntry.id)).all()
        assert [entry.action.partition(".")[2] for entry in entries] == [
            "received",
            "considered",
            "admitted",
        ]
        assert "sela" not in str([(entry.before, entry.after) for entry in entries])


def test_the_contact_is_forgotten_half_a_year_after_the_decision(
    received, step, acting, administrator
):
    decided, waits = received(), received(name="Still waiting (fictional)", country="KI")
    step(decided, "declined")
    later = clock.now() + CONTACT_KEPT
    with acting(administrator), clock.frozen(later - timedelta(days=1)):
        assert service.forget_contacts() == 0
    with acting(administrator), clock.frozen(later + timedelta(days=1)):
        assert service.forget_contacts() == 1
        assert queries.application(decided.id).contact_address is None
        assert queries.application(waits.id).contact_address == "sela@example.org"
        assert service.forget_contacts() == 0


def test_an_application_on_paper_is_entered_by_who_manages_members(
    browser_for, administrator, member
):
    browser = browser_for(administrator)
    page = browser.get(f"{ALL}?state=declined")
    assert "No application is in this state." in page.text
    page = browser.get(browser.get(ALL).links()["Enter an application"])
    typed = {**TYPED, "kind": "partner", "country": ""}
    done = browser.submit(page, "Enter the application", **typed)
    assert "The application was entered." in done.text
    assert "Adaeze Fictional" in done.text
    assert browser_for(member).get(ALL).status == 404
    assert browser_for(member).get(done.path).status == 404
    assert "Applications" not in browser_for(member).get("/network/members").links()


def test_the_api_enters_and_decides_on_the_version_that_was_read(
    app, tenant, api_token, administrator, member
):
    client = app.test_client()
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(administrator)}"},
    }
    entered = client.post(API, json=TYPED, **options)
    assert entered.status_code == 201
    path = f"{API}/{entered.json['id']}"
    body = {"step": "considered", "reason": "", "tell": False}
    assert client.put(f"{path}/state", json=body, **options).status_code == 428
    options["headers"]["If-Match"] = entered.headers["ETag"]
    considered = client.put(f"{path}/state", json=body, **options)
    assert considered.json["state"] == "considered"
    assert considered.json["organisation_id"]
    assert [one["after"] for one in considered.json["history"]] == ["considered", "received"]
    assert client.put(f"{path}/state", json=body, **options).status_code == 409
    listed = client.get(API, query_string={"state": "considered"}, **options).json
    assert [one["name"] for one in listed["items"]] == [TYPED["name"]]
    options["headers"]["Authorization"] = f"Bearer {api_token(member)}"
    assert client.get(API, **options).status_code == 404
