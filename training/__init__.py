"""Training: workshops, certificates, alumni and placements."""

from flask import Flask

from kernel.audit import declare
from kernel.questions.known_people import register_known_people
from training import permissions, trail
from training.alumni import models as _alumni  # noqa: F401 - tables must be known
from training.certificates import models as _certificates  # noqa: F401
from training.participants import answers as participants_answers
from training.participants import models as _participants  # noqa: F401
from training.placements import models as _placements  # noqa: F401
from training.workshops import models as _workshops  # noqa: F401


def init_module(_app: Flask) -> None:
    """Give the application the module's permissions and roles."""
    permissions.register()
    declare(trail.ACTIONS, trail.OBJECTS)
    register_known_people(participants_answers.known_person)
