"""Groups with their people, and the API as one of them calls it."""

from dataclasses import dataclass

import pytest

from kernel.identity.actor import Actor
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
    """A private group with its chair and a member, an open one, and a stranger from another body."""
    administrator = factory.actor("Nia Admin", roles=["network_administrator"])
    chair, member = factory.actor("Ama Chair"), factory.actor("Lepule Member")
    stranger = factory.actor("Sam Stranger")
    with inside():
        private = make_group(administrator, chair, [member], name="Voter registration")
        everybody = make_group(
            administrator, chair, [member], name="Small states", visibility="open", joining="open"
        )
    return Cast(administrator, chair, member, stranger, private, everybody)


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

    def get(self, path, **options):
        """Read."""
        return self.open("GET", path, **options)

    def post(self, path, **options):
        """Make."""
        return self.open("POST", path, **options)


@pytest.fixture
def api_for(app, tenant, api_token):
    """`api_for(actor)` speaks to the API as somebody."""
    return lambda actor: ApiClient(app.test_client(), tenant.host, api_token(actor))
