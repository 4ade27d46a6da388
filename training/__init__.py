"""Training: workshops, certificates, alumni and placements."""

from flask import Flask

from kernel.audit import declare
from training import permissions, trail
from training.alumni import models as _alumni  # noqa: F401 - tables must be known
from training.certificates import models as _certificates  # noqa: F401
from training.participants import models as _participants  # noqa: F401
from training.placements import models as _placements  # noqa: F401
from training.workshops import models as _workshops  # noqa: F401


def init_module(_app: Flask) -> None:
    """Give the application the module's permissions and roles."""
    permissions.register()
    declare(trail.ACTIONS, trail.OBJECTS)
