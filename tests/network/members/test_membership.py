"""Memberships: applied, active, suspended, left; each step with its reason, kept for good."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.db import db
from kernel.errors import Conflict, Refused
from network.members import queries, service
from tests.factories.network import make_group, make_topic

REASON = "Its fee was not paid (fictional)."
API = "/api/v1/members"


@pytest.fixture
def namibia(factory):
    return factory.organisation("Electoral Commission of Namibia", country="NA", region="Africa")


@pytest.fixture
def selma(factory, namibia):
    return factory.actor("Selma Fictional", organisation=namibia)


@pytest.fixture
def step(acting, administrator, namibia):
    """Take a membership a step further: `step("suspended")`."""

    def take(membership, organisation=namibia, actor=administrator):
        with acting(actor):
            stands = queries.organisation(organisation.id)
            service.change_membership(
                actor, organisation.id, stands.version, membership=membership, reason=REASON
            )

    return take


def test_every_step_is_kept_with_its_reason_and_who_took_it(
    step, acting, administrator, browser_for, namibia
):
    for membership in ("suspended", "active", "left"):
        step(membership)
    with acting(administrator):
        history = queries.history_of(namibia.id)
    assert [(one.before, one.after) for one in reversed(history)] == [
        ("active", "suspended"),
        ("suspended", "active"),
        ("active", "left"),
    ]
    assert {(one.by, one.reason) for one in history} == {("Adaeze Fictional", REASON)}
    page = browser_for(administrator).get(f"/network/members/{namibia.id}")
    assert "Active, then Suspended" in page.text
    assert page.text.count(REASON) == 3


def test_who_left_or_applies_goes_further_by_an_application_alone(
    step, browser_for, administrator, factory, namibia
):
    browser = browser_for(administrator)
    applicant = factory.organisation("Applicant", country="KE", membership="applied")
    page = browser.get(f"/network/members/{applicant.id}/membership")
    assert "This organisation applies" in page.text
    with pytest.raises(Refused, match="cannot go from this state"):
        step("active", organisation=applicant)
    step("left")
    page = browser.get(f"/network/members/{namibia.id}/membership")
    assert "Enter an application" in page.links()
    with pytest.raises(Refused, match="cannot go from this state"):
        step("applied")


def test_the_history_cannot_be_rewritten(step, acting, administrator):
    step("suspended")
    for forging in ("update network.membership_change set reason = ''",
                    "delete from network.membership_change"):  # fmt: skip
        with acting(administrator):
            with pytest.raises(ProgrammingError, match="permission denied"):
                db.session.execute(text(forging))
            db.session.rollback()


def test_a_membership_is_changed_on_its_page(browser_for, administrator, namibia, selma):
    browser = browser_for(administrator)
    page = browser.get(f"/network/members/{namibia.id}")
    page = browser.get(page.links()["Change the membership"])
    refused = browser.submit(page, "Change the membership", reason=REASON)
    assert refused.errors == ["Choose an option for “Membership”."]
    refused = browser.submit(page, "Change the membership", membership="suspended")
    assert refused.errors == ["Enter “Reason”."]
    done = browser.submit(refused, "Change the membership", reason=REASON)
    assert "The membership was changed." in done.text
    assert "Suspended" in done.text


def test_a_step_a_membership_cannot_take_is_refused(step):
    with pytest.raises(Refused, match="cannot go from this state"):
        step("applied")


def test_two_people_changing_a_membership_meet(step, acting, administrator, namibia):
    step("suspended")
    with acting(administrator), pytest.raises(Conflict):
        service.change_membership(administrator, namibia.id, 1, membership="left", reason=REASON)


def test_suspension_takes_access_within_one_request_and_its_end_gives_it_back(
    app, tenant, browser_for, api_token, acting, administrator, step, selma
):
    with acting(administrator):
        group = make_group(administrator, administrator, [selma])
        topic = make_topic(administrator, group)
    browser = browser_for(selma)
    token = {"Authorization": f"Bearer {api_token(selma)}"}
    address = f"/network/discussions/{topic.id}"

    def opens():
        program = app.test_client().get(API, base_url=f"http://{tenant.host}", headers=token)
        return browser.get(address).status == 200, program.status_code == 200

    assert opens() == (True, True)
    step("suspended")
    assert opens() == (False, False)
    step("active")
    assert opens() == (True, True)


def test_the_organisation_of_the_last_network_administrator_stays_active(factory, step, namibia):
    keeper = factory.actor(organisation=namibia, roles=["network_administrator"], password_hash="x")
    with pytest.raises(Refused, match="last network administrator works there"):
        step("suspended", actor=keeper)
    factory.actor(roles=["network_administrator"], password_hash="x")
    step("suspended", actor=keeper)


def test_the_secretariats_membership_does_not_change(browser_for, administrator, secretariat):
    page = browser_for(administrator).get(f"/network/members/{secretariat.id}/membership")
    assert "The secretariat’s membership does not change" in page.text


def test_only_network_administrators_change_memberships(browser_for, factory, namibia):
    keeper = factory.actor(organisation=namibia, roles=["emb_administrator"])
    browser = browser_for(keeper)
    assert browser.get(f"/network/members/{namibia.id}/membership").status == 403
    assert "Change the membership" not in browser.get(f"/network/members/{namibia.id}").links()


def test_the_api_takes_a_step_with_its_reason(app, tenant, api_token, administrator, namibia):
    call = app.test_client()
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(administrator)}", "If-Match": '"1"'},
    }
    path = f"{API}/{namibia.id}/membership"
    answer = call.put(path, json={"membership": "suspended", "reason": REASON}, **options)
    assert answer.json["membership"] == "suspended"
    [first] = answer.json["history"]
    assert (first["before"], first["after"], first["reason"]) == ("active", "suspended", REASON)
    assert call.put(path, json={"membership": "left"}, **options).status_code == 422


def test_only_active_bodies_are_flagged_for_want_of_a_focal_point(
    step, browser_for, administrator, namibia
):
    browser = browser_for(administrator)
    flagged = "/network/members?flag=no-focal-point"
    assert "Namibia" in browser.get(flagged).text
    page = browser.get(f"/network/members/{namibia.id}")
    assert "This member has no focal point" in page.text
    assert "Choose the focal point" in page.links()
    step("suspended")
    assert "No member fits" in browser.get(flagged).text


def test_where_the_last_network_administrator_works_no_membership_is_suspended_or_ended(
    step, acting, administrator, factory, namibia
):
    factory.actor(organisation=namibia, roles=["network_administrator"], password_hash="x")
    for membership in ("suspended", "left"):
        with pytest.raises(Refused, match="last network administrator works there"):
            step(membership)
    elsewhere = factory.organisation("Secretariat (fictional)", kind="partner")
    factory.actor(organisation=elsewhere, roles=["network_administrator"], password_hash="x")
    step("suspended")
    with pytest.raises(Refused, match="last network administrator works there"):
        step("suspended", organisation=elsewhere)
