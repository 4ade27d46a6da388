"""Changing the settings of the network at hand."""

from typing import Any

from kernel.admin.networks.service import languages_of
from kernel.audit import record
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from kernel.tenancy.models import Tenant
from kernel.tenancy.modules import Module, with_network
from kernel.tenancy.queries import current_tenant
from kernel.web.brand import require_readable


def change_settings(actor: Actor, version: int | None, facts: dict[str, Any]) -> Tenant:
    """Change what `networks.schemas.NetworkSettings` describes.

    `version` is that of the settings the person saw. Raises Forbidden, Conflict, and Refused for a brand
    colour on which white text cannot be read.
    """
    actor.require(KernelPermission.SETTINGS_MANAGE)
    network = current_tenant()
    before = settings_of(network)
    network.expect(version, before)
    network.name = facts["name"]
    network.languages = languages_of(facts)
    network.time_zone = facts["time_zone"]
    network.brand_colour = require_readable(facts["brand_colour"])
    network.modules = with_network(facts["modules"])
    record(actor, "network.settings_changed", network, before, settings_of(network))
    return network


def settings_of(network: Tenant) -> dict[str, Any]:
    """The settings as the form and the API show them."""
    return {
        "name": network.name,
        "language": network.languages[0],
        "languages": list(network.languages),
        "time_zone": network.time_zone,
        "brand_colour": network.brand_colour,
        "modules": [module for module in network.modules if module != Module.NETWORK],
        "version": network.version,
    }
