"""Whoever signs in to the demonstration finds on her home page what waits for her."""

import pytest

from demo import HOST
from demo.cast import NETWORK_LANGUAGE, sign_ins
from kernel.identity.permissions import known_roles
from tests.factories import TestTenant
from tests.pages import Browser

WAITS = {
    "network_administrator": {"membership_applications", "focal_points_missing"},
    "planner": {"tasks_due", "mission_to_assess"},
    "approver": {"mission_to_approve", "budget_to_approve"},
    "programme_officer": {"attendance_to_lock"},
    "librarian": {"library_to_review"},
    "announcer": {"announcement_to_acknowledge"},
    "emb_administrator": {"answer_to_accept", "question_to_answer"},
    "focal_point": {"post_to_decide"},
    "member": {"question_to_answer"},
    "guest": {"question_to_answer"},
    "alumnus": {"placement_open"},
    "absentee": {"application_to_send"},
    "alumna in French": {"alumni_record_to_confirm", "placement_open"},
}


@pytest.fixture
def tenant(demo):
    """The network of the demonstration in the place of an empty one."""
    return TestTenant(demo.tenant_id, HOST)


def test_somebody_signs_in_for_every_role_and_holds_it(demo):
    people = sign_ins()
    for role in known_roles():
        with demo.acting(people[role].key) as actor:
            assert actor.has_role(role)


def test_what_waits_for_each_stands_on_her_home_page_in_her_language(app, demo, tenant, waiting):
    assert WAITS.keys() == sign_ins().keys()
    for role, person in sign_ins().items():
        with demo.acting(person.key) as actor:
            pass
        told = waiting(actor)
        assert WAITS[role] <= {each["kind"] for each in told}, role
        page = Browser.at(app, HOST, actor).get("/")
        assert f'<html lang="{person.language}"' in page.html
        for each in told:
            assert each["text"] in page.text
            assert each["about"] in page.text


def test_those_who_write_in_another_language_read_in_it(demo):
    languages = {}
    for person in sign_ins().values():
        with demo.acting(person.key) as actor:
            languages[person.language] = actor.language
    assert languages == {NETWORK_LANGUAGE: None, "fr": "fr"}
