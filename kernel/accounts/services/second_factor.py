"""Setting up, renewing and giving up the second factor."""

from dataclasses import dataclass

import pyotp
import segno
from flask import current_app
from sqlalchemy import delete, update

from kernel.accounts import queries
from kernel.accounts.models import RecoveryCode, TotpEnrolment
from kernel.accounts.rules import RECOVERY_CODES, matching_counter, new_recovery_code
from kernel.accounts.services.passwords import checked_account
from kernel.accounts.services.sign_in import CODE_LIMIT, recovery_digest, spend_code
from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import Account
from kernel.identity.permissions import known_roles
from kernel.mail import queue, recipient_of
from kernel.mail.network import mail_network
from kernel.mail.sealing import sealer
from kernel.values import clock
from kernel.web import limits

_WRONG_CODE = N_("This code is not right or was used before. Enter the one your app shows now.")


@dataclass(frozen=True)
class PendingFactor:
    """What an authenticator app needs to know."""

    secret: str
    uri: str

    @property
    def grouped(self) -> str:
        """The secret in groups of four, for typing it in."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


def is_required(actor: Actor) -> bool:
    """Whether a role of the actor must sign in with a second factor, in this installation."""
    roles = known_roles()
    return bool(current_app.config["REQUIRE_TOTP"]) and any(
        roles[held.role].needs_totp for held in actor.held_roles if held.role in roles
    )


def start(actor: Actor, password: str) -> None:
    """Make a secret for the actor's app; it counts for nothing until its first code arrives."""
    account = checked_account(actor, password, field="password")
    if account.totp_secret is not None:
        raise NotNow(N_("Two-step sign-in is on already: there is nothing more to set up."))
    db.session.execute(delete(TotpEnrolment).where(TotpEnrolment.account_id == account.id))
    secret = sealer().seal(pyotp.random_base32())
    db.session.add(TotpEnrolment(account_id=account.id, secret=secret))


def pending(actor: Actor) -> PendingFactor:
    """The second factor being set up; raises NotFound when there is none."""
    enrolment = queries.enrolment_of(actor.account_id)
    account = queries.account_by_id(actor.account_id)
    if enrolment is None or account is None:
        raise NotFound
    secret = sealer().open(enrolment.secret)
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.address, issuer_name=mail_network().name)
    return PendingFactor(secret, uri)


def qr_svg(factor: PendingFactor) -> bytes:
    """The picture an app reads the secret from, as SVG without style or script."""
    drawn = segno.make(factor.uri, error="m").svg_inline(scale=5, border=4, light="#fff")
    namespace = '<svg xmlns="http://www.w3.org/2000/svg" '
    return str(drawn).replace("<svg ", namespace, 1).encode()


def confirm(actor: Actor, code: str) -> list[str]:
    """Turn two-step sign-in on with the first code of the app; returns the recovery codes.

    They are shown this once and kept as digests. Raises NotFound when nothing is being set up,
    Refused for a wrong code, TooMany after ten within 15 minutes.
    """
    limits.count(CODE_LIMIT, str(actor.account_id))
    factor = pending(actor)
    counter = matching_counter(factor.secret, code, clock.now())
    if counter is None:
        raise Refused(_WRONG_CODE, field="code")
    account = _set_secret(actor, sealer().seal(factor.secret), counter)
    db.session.execute(delete(TotpEnrolment).where(TotpEnrolment.account_id == account.id))
    limits.clear(CODE_LIMIT, str(actor.account_id))
    record(actor, "account.second_factor_added", account, label="")
    _tell(actor, "second_factor_on")
    return _new_codes(account)


def renew_codes(actor: Actor, code: str) -> list[str]:
    """Replace the recovery codes, proving the factor by a code; returns the new ones, shown once."""
    account = _proved(actor, code)
    record(actor, "account.recovery_codes_renewed", account, label="")
    return _new_codes(account)


def turn_off(actor: Actor, code: str) -> None:
    """Give up the second factor, proving it by a code.

    Raises Refused where a role of the actor needs it, and for a wrong code.
    """
    if is_required(actor):
        raise NotNow(
            N_("Your role needs two-step sign-in: it stays on as long as you have that role.")
        )
    account = _proved(actor, code)
    account.totp_secret = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    record(actor, "account.second_factor_removed", account, label="")
    _tell(actor, "second_factor_off")


def _proved(actor: Actor, code: str) -> Account:
    limits.count(CODE_LIMIT, str(actor.account_id))
    account = queries.account_by_id(actor.account_id)
    if account is None or account.totp_secret is None:
        raise NotFound
    if not spend_code(account, code):
        raise Refused(_WRONG_CODE, field="code")
    limits.clear(CODE_LIMIT, str(actor.account_id))
    return account


def _set_secret(actor: Actor, sealed: bytes, counter: int) -> Account:
    """Only where there is none: of two confirmations at once, one succeeds."""
    account = db.session.scalars(
        update(Account)
        .where(Account.id == actor.account_id, Account.totp_secret.is_(None))
        .values(totp_secret=sealed, totp_counter=counter)
        .returning(Account)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if account is None:
        raise NotNow(N_("Two-step sign-in is on already: there is nothing more to set up."))
    return account


def _new_codes(account: Account) -> list[str]:
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.session.add_all(
        RecoveryCode(account_id=account.id, digest=recovery_digest(code)) for code in codes
    )
    return codes


def _tell(actor: Actor, template: str) -> None:
    to = recipient_of(actor.person_id)
    if to is not None:
        queue(to, template, {"at": clock.now()})
