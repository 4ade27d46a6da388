"""The verbs of participants: attendance, its locking, and what follows from it."""

from training.participants.events import AttendanceCorrected, AttendanceLocked
from training.participants.service.attendance import correct_attendance, lock_attendance

__all__ = [
    "AttendanceCorrected",
    "AttendanceLocked",
    "correct_attendance",
    "lock_attendance",
]
