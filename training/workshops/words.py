"""What the states of a workshop are called, as messages to translate."""

from typing import Final

from kernel.errors import N_, P_
from training.workshops.rules import WorkshopState

STATES: Final = {
    WorkshopState.DRAFT: N_("Draft"),
    WorkshopState.CALL_OPEN: N_("Call open"),
    WorkshopState.SELECTING: N_("Selecting participants"),
    WorkshopState.CONFIRMED: N_("Confirmed"),
    WorkshopState.DELIVERED: N_("Delivered"),
    WorkshopState.REPORTED: N_("Reported"),
    WorkshopState.CANCELLED: P_("workshop", "Cancelled"),
}
