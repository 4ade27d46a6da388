"""Mail in by HTTP: for providers and programs that receive mail and speak no SMTP with us.

The caller proves itself by a code over the time, the envelope and the mail, made with a secret of the
configuration; a call that is overheard is worth nothing five minutes later, and nothing new before.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any, Final

from flask import current_app, request

from kernel.db.scope import require_scope
from kernel.errors import N_, Forbidden, NotFound, Refused
from kernel.fields import Boolean, Schema, Text
from kernel.inbound import door
from kernel.values import clock
from kernel.web.routes import PUBLIC, Api

api = Api("inbound", __name__, url_prefix="/inbound", description="Mail in, for mail servers")

WINDOW: Final = timedelta(minutes=5)
"""How far the time of a call may be from ours."""


class EnvelopeQuery(Schema):
    """The envelope: to whom a mail is, and where it would come back to."""

    to = Text(required=True, max_length=320)
    sender = Text(load_default="", max_length=320)


class TakenOutput(Schema):
    """Whether the mail was kept now; false for one that was kept before."""

    taken = Boolean()


@api.endpoint("", permission=PUBLIC, method="POST")
@api.arguments(EnvelopeQuery, location="query")
@api.response(202, TakenOutput)
def take_mail(envelope: dict[str, Any]) -> dict[str, bool]:
    """Take one mail for one recipient of this network; the body is the mail as it came (RFC 5322)."""
    content = request.get_data()
    _check_caller(envelope, content)
    place = door.find(envelope["to"])
    if place is None or place.tenant_id != require_scope().tenant:
        raise NotFound(N_("No mail is taken for this address."))
    if len(content) > door.LARGEST:
        raise Refused(
            N_("The mail is too large. Send one of at most %(most)s MB."),
            field="body",
            most=door.LARGEST // 1_000_000,
        )
    return {"taken": door.keep([place], content, envelope_sender=envelope["sender"]) > 0}


def _check_caller(envelope: dict[str, Any], content: bytes) -> None:
    """Raises NotFound where no secret is configured, and Forbidden for a code that is wrong or old."""
    secret = str(current_app.config["MAIL_IN_SECRET"])
    if not secret:
        raise NotFound
    moment = request.headers.get("X-Comitia-Timestamp", "")
    given = request.headers.get("X-Comitia-Signature", "")
    expected = signature(secret, moment, envelope["to"], envelope["sender"], content)
    if not (_is_now(moment) and hmac.compare_digest(given.encode(), expected.encode())):
        raise Forbidden(N_("The signature does not fit the mail, or its time is not now."))


def _is_now(moment: str) -> bool:
    """Whether a time in Unix seconds is within the window."""
    if not (moment.isascii() and moment.isdigit() and len(moment) <= 12):
        return False
    return abs(clock.now().timestamp() - int(moment)) <= WINDOW.total_seconds()


def signature(secret: str, moment: str, to: str, sender: str, content: bytes) -> str:
    """HMAC-SHA256, in hexadecimal digits, over time, recipient, sender and mail, a line each."""
    signed = "\n".join([moment, to, sender, ""]).encode() + content
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
