"""Operators create, suspend and resume networks from the command line."""

from itertools import count

import pytest
from click.testing import CliRunner
from sqlalchemy import select

import wsgi
from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.identity.models import Account, Organisation, Person
from kernel.identity.queries import actor_by_person
from kernel.mail.models import OutgoingMail
from kernel.tenancy.queries import current_tenant, tenant_id_of_host
from kernel.values import clock
from tests.conftest import DATABASE
from tests.pages import Browser

_numbers = count(1)


@pytest.fixture
def run(server, monkeypatch):
    monkeypatch.setenv("MIGRATION_DATABASE_URL", server.url("comitia_migrator", DATABASE))
    return lambda *arguments: CliRunner().invoke(wsgi.cli, ["tenant", *arguments])


@pytest.fixture
def create(run):
    def make(**changes):
        number = next(_numbers)
        options = {
            "slug": f"op{number}",
            "name": "Pacific Network (fictional)",
            "host": f"op{number}.example.org",
            "languages": "fr,en",
            "time-zone": "Pacific/Fiji",
            "brand-colour": "#0b5563",
            "administrator-name": "Ada Fictional",
            "administrator-address": "Ada@Example.org",
            **changes,
        }
        return run("create", *(part for k, v in options.items() for part in (f"--{k}", v)))

    return make


def tenant_of(app, host):
    with app.app_context():
        return tenant_id_of_host(host)


def test_a_new_network_has_a_secretariat_and_an_administrator(app, create):
    answer = create(
        slug="pin",
        host="pin.example.org",
        **{"name": "Réseau du Pacifique (fictional)", "brand-colour": "#6b1d5a"},
    )
    assert answer.exit_code == 0, answer.output
    with app.app_context(), scoped(tenant_of(app, "pin.example.org")):
        network = current_tenant()
        secretariat = db.session.scalars(select(Organisation)).one()
        account = db.session.scalars(select(Account)).one()
        actor = actor_by_person(db.session.scalars(select(Person)).one().id, clock.now())
        assert (network.slug, network.languages, network.time_zone) == (
            "pin",
            ["fr", "en"],
            "Pacific/Fiji",
        )
        assert network.name == "Réseau du Pacifique (fictional)"
        assert network.brand_colour == "#6b1d5a"
        assert secretariat.kind == "secretariat"
        assert (account.address, account.password_hash) == ("ada@example.org", None)
        assert actor.can("kernel:roles:manage")
        assert db.session.scalars(select(AuditEntry)).one().action == "network.created"


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("brand-colour", "#ffcc00", "White text cannot be read"),
        ("brand-colour", "blue", "#0b5563"),
        ("slug", "CEN!", "small letters"),
        ("host", "https://cen.example.org:80", "without port"),
        ("languages", "en,xx", "listed options"),
        ("time-zone", "Mars/Olympus", "time zone"),
        ("administrator-address", "nobody", "mail address"),
    ],
)
def test_a_bad_value_is_refused_with_what_to_enter(app, create, option, value, said):
    host = f"bad{next(_numbers)}.example.org"
    answer = create(**{"host": host, option: value})
    assert answer.exit_code == 2
    assert said in " ".join(answer.output.split())
    assert tenant_of(app, host) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"host": "other.taken.example.org"}, "Another network has this short name"),
        ({"slug": "other"}, "Another network has this host name"),
    ],
)
def test_a_name_that_is_taken_is_refused(app, create, changes, said):
    create(slug="taken", host="taken.example.org")
    answer = create(**{"slug": "taken", "host": "taken.example.org", **changes})
    assert answer.exit_code == 2
    assert said in " ".join(answer.output.split())
    assert tenant_of(app, "other.taken.example.org") is None


def test_a_suspended_network_answers_503_until_it_is_resumed(app, create, run):
    create(slug="sus", host="sus.example.org")
    stranger = Browser.at(app, "sus.example.org")
    assert run("suspend", "sus").exit_code == 0
    page = stranger.get("/", headers={"Accept-Language": "en"})
    assert page.status == 503
    assert "closed at the moment" in page.text
    program = stranger.get("/api/v1/me")
    assert (program.status, program.response.mimetype) == (503, "application/problem+json")
    assert "suspended" in run("list").output
    assert run("resume", "sus").exit_code == 0
    assert stranger.get("/").status != 503
    with app.app_context(), scoped(tenant_of(app, "sus.example.org")):
        actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["network.created", "network.suspended", "network.resumed"]


def modules_of(app, host):
    with app.app_context(), scoped(tenant_of(app, host)):
        return current_tenant().modules


def test_a_network_has_every_module_unless_the_operator_says_which(app, create):
    create(slug="all", host="all.example.org")
    create(slug="some", host="some.example.org", modules="training")
    create(slug="bare", host="bare.example.org", modules="")
    assert modules_of(app, "all.example.org") == ["network", "missions", "training"]
    assert modules_of(app, "some.example.org") == ["network", "training"]
    assert modules_of(app, "bare.example.org") == ["network"]


def test_the_operator_switches_modules(app, create, run):
    create(slug="swi", host="swi.example.org")
    for _ in range(2):  # the second time nothing changes, and nothing is recorded
        answer = run("modules", "swi", "missions")
        assert answer.exit_code == 0, answer.output
    assert "Network swi has network, missions." in answer.output
    assert modules_of(app, "swi.example.org") == ["network", "missions"]
    with app.app_context(), scoped(tenant_of(app, "swi.example.org")):
        actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["network.created", "network.modules_switched"]


@pytest.mark.parametrize(
    ("slug", "modules", "said"),
    [("swi", "parking", "listed options"), ("nowhere", "missions", "no network")],
)
def test_the_operator_is_told_what_cannot_be_switched(create, run, slug, modules, said):
    answer = run("modules", slug, modules)
    assert answer.exit_code == 2
    assert said in " ".join(answer.output.split())


def test_an_unknown_network_cannot_be_suspended(run):
    answer = run("suspend", "nowhere")
    assert answer.exit_code == 2
    assert "no network" in answer.output


def test_the_command_needs_the_address_of_the_database(run, monkeypatch):
    monkeypatch.delenv("MIGRATION_DATABASE_URL")
    assert "MIGRATION_DATABASE_URL" in run("list").output


def test_the_first_administrator_is_invited_by_the_operator(app, run, create):
    create(slug="inv", host="inv.example.org")
    runner, make = CliRunner(), lambda: app
    answer = runner.invoke(wsgi.cli, ["tenant", "invite", "inv", "ada@example.org"], obj=make)
    assert answer.exit_code == 0, answer.output
    with app.app_context(), scoped(tenant_of(app, "inv.example.org")):
        assert db.session.scalars(select(OutgoingMail.template)).all() == ["invitation"]
    for arguments in (("nobody", "ada@example.org"), ("inv", "nobody@example.org")):
        refused = runner.invoke(wsgi.cli, ["tenant", "invite", *arguments], obj=make)
        assert refused.exit_code == 2
