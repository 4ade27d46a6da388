"""Who appears in the tests of groups."""

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.mail.models import OutgoingMail
from tests.kernel.accounts.conftest import Mailbox


@pytest.fixture
def administrator(factory):
    return factory.actor("Nia Admin", roles=["network_administrator"])


@pytest.fixture
def chair(factory):
    return factory.actor("Ama Chair")


@pytest.fixture
def stranger(factory):
    return factory.actor("Sam Stranger")


@pytest.fixture
def mailed(inside):
    """`mailed(template)`: the people to whom a mail of this template was queued."""

    def ask(template):
        with inside():
            found = select(OutgoingMail.person_id).where(OutgoingMail.template == template)
            return list(db.session.scalars(found))

    return ask


@pytest.fixture
def mails(app, tenant, run_jobs):
    return Mailbox(app, tenant, run_jobs)
