"""Importing a file in two steps: kept and checked first, carried out once somebody has confirmed it.

A feature says how a file of its kind is checked and carried out; keeping the file between the steps, and
the columns a person chose for it, is the same for all and lives here. Nothing of the file is loaded before
it is confirmed, and a confirmed file is not kept.
"""

from kernel.imports.flow import ImportFlow, Preview
from kernel.imports.models import KeptImport
from kernel.imports.service import (
    ImportResult,
    choose_columns,
    discard,
    forget_all,
    keep,
    kept_import,
    require_good,
    result_of,
)

__all__ = [
    "ImportFlow",
    "ImportResult",
    "KeptImport",
    "Preview",
    "choose_columns",
    "discard",
    "forget_all",
    "keep",
    "kept_import",
    "require_good",
    "result_of",
]
