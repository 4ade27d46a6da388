"""Some of everything that training keeps, for the example network."""

from kernel.identity.actor import Actor

TRAINING_TABLES: dict[str, str] = {}
"""Where the objects of training lie that a parameter of an address stands for."""


def populate_training(actor: Actor, colleague: Actor, number: int) -> None:
    """One of everything, through the services."""
