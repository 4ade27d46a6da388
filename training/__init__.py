"""Training: workshops, certificates, alumni and placements."""

from flask import Flask

from training import permissions


def init_module(_app: Flask) -> None:
    """Give the application the module's permissions and roles."""
    permissions.register()
