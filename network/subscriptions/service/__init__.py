"""What can be done with subscriptions, by whichever door."""

from network.subscriptions.service.choices import (
    save_rhythm,
    set_level,
    set_levels,
    set_watch,
)
from network.subscriptions.service.telling import tell_of_post

__all__ = ["save_rhythm", "set_level", "set_levels", "set_watch", "tell_of_post"]
