"""An attempt to change what one may not is written to the audit trail.

The refused request itself is rolled back; the entry is made in a transaction of its own. Looking at a
page one may not see is no attempt to change anything and leaves no entry.
"""

from contextlib import suppress
from datetime import timedelta

from flask import Flask, Response, request

from kernel.audit import record_refusal
from kernel.errors import TooMany
from kernel.web.limits import Limit, count
from kernel.web.visitors import actor_or_none

KEPT = Limit("refusal", 100, timedelta(hours=1))
"""Refusals of one account that are written down; more of them tell nothing new and fill the trail."""


def init_refusals(app: Flask) -> None:
    """Look at every answer."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    if response.status_code != 403 or request.method in ("GET", "HEAD", "OPTIONS"):
        return response
    actor = actor_or_none()
    if actor is not None:
        with suppress(TooMany):
            count(KEPT, str(actor.account_id))
            record_refusal(actor, "request.refused", kind="route", object_id=request.endpoint or "")
    return response
