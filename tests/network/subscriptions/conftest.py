"""The mails that were sent, and the statements."""

import pytest

from tests.mails import mails_of


@pytest.fixture
def mailbox(app, tenant, run_jobs):
    """`mailbox()` runs the due jobs and returns the network's mails, oldest first, as (name, message)."""

    def collect():
        run_jobs()
        return [(mail["To"].addresses[0].display_name, mail) for mail in mails_of(app, tenant)]

    return collect


@pytest.fixture
def count_queries(queries):
    """The fixture of the statements sent, under a name that leaves `queries` to the feature's own."""
    return queries


@pytest.fixture
def mails(mailbox):
    """`mails()` is the last mail of each person, by her name."""
    return lambda: dict(mailbox())
