"""The network's settings as JSON."""

from typing import Any

from flask import current_app

from kernel.admin.networks.schemas import NetworkSettings
from kernel.admin.settings import service
from kernel.identity.permissions import KernelPermission
from kernel.tenancy.queries import current_tenant
from kernel.web import Api, actor, expected_version, version_header

api = Api("settings", __name__, url_prefix="/settings", description="The settings of the network.")

MANAGE = KernelPermission.SETTINGS_MANAGE

Answer = tuple[dict[str, Any], int, dict[str, str]]


@api.endpoint("", permission=MANAGE)
@api.response(200, NetworkSettings)
def get_settings() -> Answer:
    """What the network's administrators decided; its ETag is the version to change it from."""
    return _answer()


@api.endpoint("", permission=MANAGE, method="PUT")
@api.arguments(NetworkSettings)
@api.response(200, NetworkSettings)
def put_settings(data: dict[str, Any]) -> Answer:
    """Change the settings; needs If-Match."""
    service.change_settings(actor(), expected_version(), data)
    current_app.extensions["comitia_hosts"].forget()
    return _answer()


def _answer() -> Answer:
    found = service.settings_of(current_tenant())
    return found, 200, version_header(found["version"])
