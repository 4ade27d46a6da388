"""What regions are called. They are words of each network's own; those of the first have translations."""

from typing import Final

from flask_babel import gettext

from kernel.errors import N_

_KNOWN: Final = (
    N_("Africa"),
    N_("Asia"),
    N_("Caribbean and Americas"),
    N_("Europe"),
    N_("Pacific"),
)


def region_name(region: str | None) -> str:
    """A region in the reader's language, where it is known there; nothing for no region."""
    return str(gettext(region)) if region in _KNOWN else region or ""
