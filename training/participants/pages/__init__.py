"""The pages of participants: the list, one person's attendance, the import, and locking."""

from training.participants.pages import importing, listed, locking, person  # noqa: F401 - routes
from training.participants.pages.blueprint import pages

__all__ = ["pages"]
