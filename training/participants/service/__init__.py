"""The verbs of participants: the list and its import, attendance, and what follows from its locking."""

from training.participants.events import AttendanceCorrected, AttendanceLocked, ParticipantsErased
from training.participants.service.attendance import (
    AttendanceRecord,
    attendance_record,
    correct_attendance,
)
from training.participants.service.details import correct_details
from training.participants.service.erasing import erase
from training.participants.service.imports import (
    Preview,
    confirm,
    import_file,
    keep_upload,
    match_columns,
    preview,
)
from training.participants.service.locking import (
    LockingSummary,
    lock_attendance,
    locking_summary,
)
from training.participants.service.people import (
    FACTS,
    add_participant,
    remove_participant,
    workshop_to_fill,
)

__all__ = [
    "FACTS",
    "AttendanceCorrected",
    "AttendanceLocked",
    "AttendanceRecord",
    "LockingSummary",
    "ParticipantsErased",
    "Preview",
    "add_participant",
    "attendance_record",
    "confirm",
    "correct_attendance",
    "correct_details",
    "erase",
    "import_file",
    "keep_upload",
    "lock_attendance",
    "locking_summary",
    "match_columns",
    "preview",
    "remove_participant",
    "workshop_to_fill",
]
