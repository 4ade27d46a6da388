"""People with passwords, and the mails they get."""

import re
from urllib.parse import urlsplit

import pytest

from kernel.accounts.passwords import hash_password
from tests.mails import mails_of

PASSWORD = "a fine long pass phrase"


class Mailbox:
    """The mails of one network, sent by its jobs into the folder."""

    def __init__(self, app, tenant, run_jobs):
        self.app, self.tenant, self.run_jobs = app, tenant, run_jobs

    def all(self):
        """Every mail so far, oldest first."""
        self.run_jobs()
        return mails_of(self.app, self.tenant)

    def to(self, address):
        """The subjects of the mails to an address."""
        return [one["Subject"] for one in self.all() if address in str(one["To"])]

    def link(self, address):
        """The path of the first link in the latest mail to an address."""
        latest = [one for one in self.all() if address in str(one["To"])][-1]
        found = re.search(r"https://\S+", latest.get_content())
        return urlsplit(found.group()).path


@pytest.fixture
def mails(app, tenant, run_jobs):
    return Mailbox(app, tenant, run_jobs)


@pytest.fixture
def person(app, factory):
    """`person(address)` has an account with a password."""

    def make(address="ama@example.org", **options):
        with app.app_context():
            hashed = hash_password(PASSWORD)
        return factory.actor("Ama Fictional", address=address, password_hash=hashed, **options)

    return make


@pytest.fixture
def sign_in(browser_for):
    """`sign_in(address, password)` types them into the page."""

    def act(address="ama@example.org", password=PASSWORD, browser=None, path="/sign-in"):
        browser = browser or browser_for()
        page = browser.submit(browser.get(path), "Sign in", address=address, password=password)
        return browser, page

    return act
