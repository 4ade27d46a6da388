"""The application's sealer, for what must not be read from the database."""

from flask import current_app

from kernel.values.sealing import Sealer


def sealer() -> Sealer:
    """A sealer with the configured keys."""
    return Sealer(current_app.config["KEYS"])
