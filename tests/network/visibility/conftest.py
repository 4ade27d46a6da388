"""The network of the table, and a reader of each kind with a browser, a token and an address."""

import secrets
import smtplib
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from kernel.db import db, scoped
from kernel.identity.models import ApiToken
from kernel.identity.permissions import known_permissions
from kernel.mail.delivery import transport
from kernel.values import clock
from kernel.web.visitors import digest
from network.subscriptions import service as subscriptions
from network.subscriptions.rules import Level
from tests.factories import Factory
from tests.factories.network import make_group, make_topic
from tests.jobs import run_due_jobs
from tests.kernel.inbound.conftest import listening
from tests.network.visibility.looking import Reader, Scene
from tests.network.visibility.table import READERS
from tests.network.visibility.world import MONDAY, World

__all__ = ["listening"]

ELSEWHERE = "another network's administrator"


@pytest.fixture
def within(app):
    """`with within(actor):` runs services in somebody's network and commits at the end."""

    @contextmanager
    def block(actor):
        with app.app_context(), scoped(actor.tenant_id):
            yield
            db.session.commit()

    return block


@pytest.fixture
def deliver(listening):
    """`deliver(sender, to)` hands a mail over, as the network's mail server does."""

    def send(sender, to):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, f"Seals of {sender}"
        message["Message-ID"] = f"<{sender}>"
        message.set_content("Which seals last?")
        with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
            server.send_message(message, to_addrs=[to])

    return send


@pytest.fixture
def cast(factory):
    """Everybody in the network but the guests, by the names of the table, before anybody leaves."""
    ghana, kenya = factory.organisation(country="GH"), factory.organisation(country="KE")
    office = factory.organisation(kind="secretariat")
    of = {name: (ghana, ["member"]) for name in ("chair", "member", "former member", "taken out")}
    of["librarian"] = (ghana, ["librarian", "member"])
    of["member of another EMB"] = (kenya, ["member"])
    of["secretariat"] = (office, ["network_administrator", "member"])
    return {
        name: factory.actor(name, organisation=organisation, roles=roles)
        for name, (organisation, roles) in of.items()
    }


@pytest.fixture
def elsewhere(app, make_tenant, within):
    """The administrator of another network, who is in a group there that writes too."""
    factory = Factory(app, make_tenant())
    actor = factory.actor(ELSEWHERE, roles=["network_administrator", "member"])
    author = factory.actor("Ada Elsewhere", roles=["member"])
    with within(actor):
        group = make_group(actor, actor, [author])
        with clock.frozen(MONDAY - timedelta(days=40)):
            subscriptions.set_level(actor, group.id, level=Level.DAILY)
        with clock.frozen(MONDAY - timedelta(hours=10)):
            make_topic(author, group, "Another network's news")
    return factory.tenant, actor


@pytest.fixture
def scene(app, server, tenant, factory, cast, elsewhere, within, browser_for, deliver):
    """One of everything, and a reader of each kind."""
    librarian = cast.pop("librarian")
    there, administrator = elsewhere

    def run_jobs():
        for network in (tenant, there):
            run_due_jobs(app, server.url("comitia_worker", "comitia"), network.id)

    world = World(cast, librarian)
    with within(librarian):
        people = {name: actor.person_id for name, actor in cast.items()} | world.fill()
    actors = {name: factory.reload(person_id) for name, person_id in people.items()}
    with within(librarian), clock.frozen(MONDAY - timedelta(days=40)):
        subscriptions.set_level(actors["guest"], world.ids["group"], level=Level.DAILY)
    actors[ELSEWHERE] = administrator
    run_jobs()
    made = Scene(within, run_jobs, deliver, librarian, ids=world.ids)
    made.mailed = _digests(app, (tenant, there), within, actors, run_jobs)
    for name, actor in actors.items():
        host = there.host if name == ELSEWHERE else tenant.host
        with within(actor):
            token = _token(actor)
        made.readers[name] = Reader(name, browser_for(actor, host=host), actor, token)
    made.readers["stranger"] = Reader("stranger", browser_for())
    assert set(made.readers) == set(READERS)
    return made


def _token(actor):
    """A personal token of hers, good for all she may do."""
    token = secrets.token_urlsafe(32)
    row = ApiToken(
        account_id=actor.account_id,
        name="test",
        digest=digest(token),
        scopes=sorted(known_permissions()),
    )
    db.session.add(row)
    return token


def _digests(app, networks, within, actors, run_jobs):
    """What each is mailed on Monday, in one text; the other network's administrator gets hers too."""
    for actor in (actors["chair"], actors[ELSEWHERE]):
        with within(actor), clock.frozen(MONDAY):
            subscriptions.send_digests()
    run_jobs()
    mailed = dict.fromkeys(actors, "")
    with app.app_context():
        folder = transport().folder
    for file in folder.glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        ours = any(f"@{network.host}" in str(mail["Message-ID"]) for network in networks)
        if ours and "digest" in str(mail["List-Id"]):
            mailed[mail["To"].addresses[0].display_name] += mail.get_content()
    assert "Another network's news" in mailed[ELSEWHERE]
    return mailed
