"""A network without a module: no page of it, no answer from it, no periodic job in it."""

import pytest
from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.jobs import job
from kernel.jobs.execution import execute_period
from kernel.questions import Question
from kernel.questions.waiting import Waiting, register_waiting, waiting_for
from kernel.search import SearchKind, known_kinds, register_kind
from kernel.tenancy.modules import is_on, module_of, with_network
from kernel.tenancy.queries import current_tenant
from kernel.values import clock


def switch(inside, *modules):
    with inside():
        current_tenant().modules = with_network(modules)


@pytest.fixture
def administrator(factory):
    return factory.actor("Adaeze Fictional", roles=["network_administrator"])


@pytest.mark.parametrize(
    ("chosen", "on"),
    [
        ([], ["network"]),
        (["training"], ["network", "training"]),
        (["training", "missions"], ["network", "missions", "training"]),
        (["missions", "network", "missions"], ["network", "missions"]),
    ],
)
def test_the_networks_own_pages_are_always_on(chosen, on):
    assert with_network(chosen) == on


def test_a_module_nobody_knows_cannot_be_switched_on():
    with pytest.raises(ValueError, match="parking"):
        with_network(["parking"])


@pytest.mark.parametrize("name", ["training", "training.alumni.answers"])
def test_a_python_name_tells_its_module(name):
    assert module_of(name) == "training"


def test_every_module_is_on_in_a_new_network_and_the_kernel_in_any(inside):
    with inside():
        assert all(map(is_on, ("network", "missions", "training", "kernel")))
    switch(inside)
    with inside():
        assert [is_on(m) for m in ("network", "missions", "training", "kernel")] == [
            True,
            False,
            False,
            True,
        ]


def test_outside_a_network_nothing_is_switched_off():
    assert is_on("training")


def test_a_request_asks_the_database_for_no_modules(browser_for, administrator, queries):
    browser = browser_for(administrator)
    with queries() as seen:
        browser.get("/")
    assert [line for line in seen if "SELECT kernel.tenant.modules" in line] == []


def test_a_question_is_not_answered_by_a_module_that_is_off(inside):
    def provider():
        return "an answer"

    provider.__module__ = "training.alumni.answers"
    question = Question("colour", nobody="nothing")
    question.register("person", provider)
    with inside():
        assert question.of("person") is provider
    switch(inside, "missions")
    with inside():
        assert question.of("person") == "nothing"


def test_nothing_waits_in_a_module_that_is_off(inside, administrator, monkeypatch):
    monkeypatch.setattr("kernel.questions.waiting._PROVIDERS", {})
    register_waiting(lambda _: [Waiting("x", "Approve", "/missions")], module="missions")
    with inside():
        assert [group.module for group in waiting_for(administrator, clock.now())] == ["missions"]
    switch(inside, "training")
    with inside():
        assert waiting_for(administrator, clock.now()) == []


def test_nothing_of_a_module_that_is_off_is_searched(inside, monkeypatch):
    monkeypatch.setattr("kernel.search.kinds._kinds", {})
    register_kind(SearchKind("workshop", "Workshops", "", "", "training:workshops:see"))
    with inside():
        assert list(known_kinds()) == ["workshop"]
    switch(inside)
    with inside():
        assert list(known_kinds()) == []


def test_periodic_jobs_of_a_module_that_is_off_do_not_begin(app, inside, tenant, run_jobs):
    ran = []

    def close():
        ran.append(tenant.id)

    close.__module__ = "training.placements.jobs"
    closing = job("test.close_placements", every="0 6 * * *")(close)
    switch(inside, "missions")
    execute_period(app, closing, 1_790_000_000)
    assert run_jobs() == []
    switch(inside, "missions", "training")
    execute_period(app, closing, 1_790_000_000)
    run_jobs()
    assert ran == [tenant.id]


def test_an_administrator_switches_a_module_off_and_on_again(browser_for, administrator, tenant):
    browser = browser_for(administrator)
    settings = browser.get("/admin/settings")
    assert "Missions" in settings.links()
    page = browser.submit(settings, "Save settings", modules=["training"])
    assert "Missions" not in page.links()
    assert browser.get("/missions").text == browser.get("/no-such-page").text
    with browser.client.application.app_context(), scoped(tenant.id):
        actions = db.session.scalars(select(AuditEntry.action)).all()
    assert "network.settings_changed" in actions
    page = browser.submit(page, "Save settings", modules=["missions", "training"])
    assert browser.get("/missions").status == 200


def test_switching_everything_off_leaves_the_network(browser_for, administrator):
    browser = browser_for(administrator)
    page = browser.submit(browser.get("/admin/settings"), "Save settings", modules=[])
    assert {"Missions", "Training"}.isdisjoint(page.links())
    assert browser.get("/network/members").status == 200
