"""A secretariat that announces, and people of two bodies in two regions."""

from dataclasses import dataclass
from datetime import date

import pytest

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation
from network.announcements import service
from network.announcements.rules import Audience, Content, Text
from network.people.models import FunctionHolder
from tests.factories.network import make_group
from tests.mails import mails_of


@dataclass
class Cast:
    """Who is who."""

    secretariat: Actor
    focal: Actor
    colleague: Actor
    french: Actor
    outsider: Actor
    solomons: Organisation


@pytest.fixture
def cast(inside, factory) -> Cast:
    """The focal point of the Solomon Islands and her colleague; a French reader in Africa; the rest."""
    office = factory.organisation("Secretariat", kind="secretariat")
    solomons = factory.organisation("Solomon Islands Electoral Commission", region="Pacific")
    togo = factory.organisation("Commission électorale", region="Africa")
    secretariat = factory.actor(
        "Sia Secretariat", organisation=office, roles=["announcer", "member"]
    )
    focal = factory.actor("Fia Focal", organisation=solomons, roles=["member"])
    colleague = factory.actor("Cole Colleague", organisation=solomons, roles=["member"])
    french = factory.actor("Awa Francophone", organisation=togo, roles=["member"])
    outsider = factory.actor("Otto Outsider", roles=["member"])
    with inside():
        db.session.execute(
            db.text("update kernel.person set language = 'fr' where id = :id"),
            {"id": french.person_id},
        )
        db.session.add(
            FunctionHolder(
                organisation_id=solomons.id,
                function="focal_point",
                person_id=focal.person_id,
                deputy=False,
                since=date(2020, 1, 1),
            )
        )
    return Cast(secretariat, focal, colleague, factory.reload(french.person_id), outsider, solomons)


ENGLISH = Text("en", "Indelible ink is recalled", "Send batch 7 back.")
FRENCH = Text("fr", "L’encre indélébile est rappelée", "Renvoyez le lot 7.")


@pytest.fixture
def announce(inside, cast, run_jobs):
    """`announce(regions=("Pacific",), due_on=…)` sends an announcement; its id."""

    def make(*, author=None, due_on=None, expires_on=None, texts=(ENGLISH, FRENCH), **audience):
        content = Content(
            texts=texts,
            audience=Audience(**(audience or {"everybody": True})),
            must_acknowledge=due_on is not None,
            due_on=due_on,
            expires_on=expires_on,
        )
        with inside():
            made = service.draft(author or cast.secretariat, content)
            db.session.flush()
            service.schedule(author or cast.secretariat, made.id, version=made.version)
        run_jobs()
        return made.id

    return make


@pytest.fixture
def mails(app, tenant, run_jobs):
    """`mails()` tells every mail of the network, oldest first: to whom, subject, text."""

    def read():
        run_jobs()
        return [
            (
                mail["To"].addresses[0].display_name,
                str(mail["Subject"]),
                mail.get_body(("plain",)).get_content(),
            )
            for mail in mails_of(app, tenant)
        ]

    return read


@pytest.fixture
def group(inside, cast, factory):
    """A private group the colleague chairs, the focal point in it."""
    administrator = factory.actor(roles=["network_administrator"])
    with inside():
        return make_group(administrator, cast.colleague, [cast.focal], name="Ink trial")
