"""The verbs of alumni: what organisers attest, and what alumni state and allow themselves."""

from training.alumni.service.erasing import erase
from training.alumni.service.participations import record_participations
from training.alumni.service.statements import (
    MyRecord,
    add_availability,
    confirm_record,
    my_record,
    remove_availability,
    set_consent,
)

__all__ = [
    "MyRecord",
    "add_availability",
    "confirm_record",
    "erase",
    "my_record",
    "record_participations",
    "remove_availability",
    "set_consent",
]
