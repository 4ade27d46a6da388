"""The application's sealer and keys, for what must not be read from the database."""

import hashlib
import hmac

from flask import current_app

from kernel.values.sealing import Sealer


def sealer() -> Sealer:
    """A sealer with the configured keys."""
    return Sealer(current_app.config["KEYS"])


def derived_keys(purpose: str) -> list[bytes]:
    """A key for one purpose from each configured secret, newest first.

    What is told outside is made with the first; with the others, only recognised.
    """
    secrets: list[str] = current_app.config["KEYS"]
    label = b"comitia mail\0" + purpose.encode()
    return [hmac.digest(secret.encode(), label, hashlib.sha256) for secret in secrets]


def address_digest(address: str) -> bytes:
    """A keyed digest of an address: by it a mail is known to have gone there."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, b"mail\0" + address.encode(), hashlib.sha256)[:16]
