"""A private group with its chair and members, an open one, and the mails that were sent."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default

import pytest

from kernel.identity.actor import Actor
from kernel.mail.delivery import transport
from network.groups.models import Group
from tests.factories.network import make_group


@dataclass
class Cast:
    """Who is who."""

    administrator: Actor
    chair: Actor
    member: Actor
    stranger: Actor
    private: Group
    open: Group


@pytest.fixture
def cast(inside, factory) -> Cast:
    """The people and groups of these tests."""
    administrator = factory.actor("Nia Admin", roles=["network_administrator"])
    chair, member = factory.actor("Ama Chair"), factory.actor("Lepule Member")
    stranger = factory.actor("Sam Stranger")
    with inside():
        private = make_group(administrator, chair, [member], name="Voter registration")
        everybody = make_group(
            administrator, chair, [member], name="Small states", visibility="open", joining="open"
        )
    return Cast(administrator, chair, member, stranger, private, everybody)


@pytest.fixture
def mailbox(app, tenant, run_jobs):
    """`mailbox()` runs the due jobs and returns the network's mails, oldest first, as (name, message)."""

    def collect():
        run_jobs()
        with app.app_context():
            folder = transport().folder
        messages = [
            message_from_bytes(file.read_bytes(), policy=default)
            for file in sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        ]
        return [
            (message["To"].addresses[0].display_name, message)
            for message in messages
            if f"@{tenant.host}" in str(message["Message-ID"])
        ]

    return collect


@pytest.fixture
def count_queries(queries):
    """The fixture of the statements sent, under a name that leaves `queries` to the feature's own."""
    return queries


@pytest.fixture
def mails(mailbox):
    """`mails()` is the last mail of each person, by her name."""
    return lambda: dict(mailbox())


class ApiClient:
    """Speaks to the API with somebody's token."""

    def __init__(self, client, host, token):
        self._client = client
        self._base_url = f"http://{host}"
        self._headers = {"Authorization": f"Bearer {token}"}

    def open(self, method, path, *, headers=None, **options):
        """Send a request to a path below /api/v1."""
        return self._client.open(
            f"/api/v1{path}",
            method=method,
            base_url=self._base_url,
            headers={**self._headers, **(headers or {})},
            **options,
        )


@pytest.fixture
def api_for(app, tenant, api_token):
    """`api_for(actor)` speaks to the API as somebody."""
    return lambda actor: ApiClient(app.test_client(), tenant.host, api_token(actor))
