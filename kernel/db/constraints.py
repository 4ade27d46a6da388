"""What a violated database constraint means to the person whose request violated it.

Constraints are the last line behind rules and access checks: two requests at once can both pass a check
and only the database sees it. Features say here, beside their models, what to tell the second one.
"""

from psycopg import Error as PsycopgError
from sqlalchemy.exc import IntegrityError

from kernel.errors import NotNow, Refused

_meanings: dict[str, tuple[str, str | None]] = {}


def explain(constraint: str, message: str, *, field: str | None = None) -> None:
    """Register the English message (marked with `N_`) of a constraint, and the field it belongs to.

    Without a field it says how things stand now, as `NotNow` does.
    """
    _meanings[constraint] = (message, field)


def refusal(error: IntegrityError) -> Refused | None:
    """The refusal a violated constraint stands for, or None when nobody foresaw it."""
    if not isinstance(error.orig, PsycopgError):
        return None
    meaning = _meanings.get(error.orig.diag.constraint_name or "")
    if meaning is None:
        return None
    message, field = meaning
    return NotNow(message) if field is None else Refused(message, field=field)
