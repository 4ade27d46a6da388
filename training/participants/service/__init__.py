"""The verbs of participants: the list and its import, attendance, and what follows from its locking."""

from training.participants.events import AttendanceCorrected, AttendanceLocked
from training.participants.service.attendance import correct_attendance, lock_attendance
from training.participants.service.imports import (
    Preview,
    confirm,
    import_file,
    keep_upload,
    match_columns,
    preview,
)
from training.participants.service.people import add_participant, remove_participant

__all__ = [
    "AttendanceCorrected",
    "AttendanceLocked",
    "Preview",
    "add_participant",
    "confirm",
    "correct_attendance",
    "import_file",
    "keep_upload",
    "lock_attendance",
    "match_columns",
    "preview",
    "remove_participant",
]
