"""A person's page, as colleagues and strangers read it."""

from datetime import date

import pytest

from kernel.db import db
from network.people import queries
from network.people.models import FunctionHolder, Profile
from tests.factories.network import end_affiliations, make_group

PAGE = "/network/people/{}"


def page_of(browser, actor):
    return browser.get(PAGE.format(actor.person_id))


@pytest.fixture
def writes(acting, selma):
    """Let Selma say something of herself: `writes(about="…")`."""

    def write(**values):
        with acting(selma):
            db.session.add(Profile(person_id=selma.person_id, **values))

    return write


def test_everybody_in_the_network_sees_name_organisation_and_what_is_public(
    browser_for, writes, selma, mere
):
    writes(position="Head of training", languages={"fr": "fluent"}, expertise=["Voter registers"])
    page = page_of(browser_for(mere), selma)
    assert page.status == 200
    for text in ("Selma Fictional", "Electoral Commission of Namibia", "Head of training",
                 "French (Fluent)", "Voter registers"):  # fmt: skip
        assert text in page.text
    assert "@example.org" not in page.html


def test_a_colleague_sees_the_mail_address_and_a_stranger_does_not(browser_for, selma, tomas, mere):
    assert "Mail address" in page_of(browser_for(tomas), selma).text
    assert "Mail address" not in page_of(browser_for(mere), selma).text


def test_who_shares_a_group_sees_what_is_for_groups(
    browser_for, inside, administrator, writes, selma, mere
):
    writes(phone="+264 61 000", audiences={"phone": "groups"})
    assert "+264" not in page_of(browser_for(mere), selma).text
    with inside():
        make_group(administrator, selma, [mere], name="Registers (fictional)")
    page = page_of(browser_for(mere), selma)
    assert "+264 61 000" in page.text
    assert "Registers (fictional)" in page.text


def test_a_private_group_is_named_to_its_members_only(
    browser_for, inside, administrator, selma, tomas, mere
):
    with inside():
        make_group(administrator, selma, [mere], name="Results (fictional)", visibility="private")
        make_group(administrator, selma, [], name="Open (fictional)", visibility="open")
    assert "Results (fictional)" in page_of(browser_for(mere), selma).text
    colleague = page_of(browser_for(tomas), selma)
    assert "Results (fictional)" not in colleague.text
    assert "Open (fictional)" in colleague.text


def test_the_page_of_somebody_who_left_says_former_and_nothing_else_of_her(
    browser_for, inside, writes, selma, mere
):
    writes(about="I count votes.", audiences={"address": "network"})
    with inside():
        end_affiliations(selma)
    page = page_of(browser_for(mere), selma)
    assert "Former" in page.text
    assert "Selma Fictional" in page.text
    assert "I count votes." not in page.text
    assert "@example.org" not in page.html


def test_somebody_who_never_belonged_to_an_organisation_has_no_page(browser_for, mere):
    assert browser_for(mere).get(PAGE.format("01900000-0000-7000-8000-000000000000")).status == 404


def test_holders_of_a_function_are_those_still_with_an_active_organisation(
    inside, acting, administrator, selma, tomas, mere, namibia, fiji, secretariat
):
    with acting(administrator):
        held = {"function": "head", "since": date(2026, 1, 5)}
        db.session.add_all(
            [
                FunctionHolder(organisation_id=namibia.id, person_id=selma.person_id, **held),
                FunctionHolder(
                    organisation_id=namibia.id, person_id=tomas.person_id, deputy=True, **held
                ),
                FunctionHolder(organisation_id=fiji.id, person_id=mere.person_id, **held),
            ]
        )
    with inside():
        found = queries.holders_of("head")
        assert [(one.person_id, one.region, one.deputy) for one in found] == [
            (selma.person_id, "Africa", False),
            (tomas.person_id, "Africa", True),
            (mere.person_id, "Pacific", False),
        ]
        assert queries.holders_of("training") == []
        end_affiliations(selma)
        assert [one.person_id for one in queries.holders_of("head", region="Africa")] == [
            tomas.person_id
        ]


def test_her_own_page_is_an_entry_of_the_account_menu(browser_for, selma):
    browser = browser_for(selma)
    page = browser.get("/account")
    mine = browser.get(page.links()["My profile"])
    assert mine.path == PAGE.format(selma.person_id)


def test_who_belongs_to_no_member_has_no_profile_in_the_menu(browser_for, inside, selma):
    with inside():
        end_affiliations(selma)
    assert "My profile" not in browser_for(selma).get("/account").links()
