"""Loads the demo network, part by part, through the product's own services."""

from collections.abc import Callable

from flask import Flask

from demo import (
    HOST,
    ZONE,
    announcements,
    applications,
    budgets,
    cast,
    library,
    missions,
    network,
    people,
    training,
)
from demo.world import World
from kernel.admin.networks.schemas import NewNetwork
from kernel.admin.networks.service import create_network

PARTS: tuple[Callable[[World], None], ...] = (
    people.load,
    applications.load,
    network.load,
    library.load,
    announcements.load,
    missions.load,
    budgets.load,
    training.load,
)
"""In the order of the story; each builds on those before."""


def load_network(app: Flask, migration_url: str) -> World:
    """Make the network under the schema's owner, then tell its story under the application's role."""
    administrator = cast.ADMINISTRATOR
    facts = NewNetwork().load(
        {
            "slug": "cen",
            "name": "Commonwealth Electoral Network",
            "host": HOST,
            "language": cast.NETWORK_LANGUAGE,
            "languages": ["en", "fr", "ar"],
            "time_zone": ZONE,
            "brand_colour": "#0b5563",
            "modules": ["missions", "training"],
            "administrator_name": administrator.name,
            "administrator_address": administrator.address,
        }
    )
    created = create_network(migration_url, facts)
    world = World(app, created.tenant_id)
    for load in PARTS:
        load(world)
    return world
