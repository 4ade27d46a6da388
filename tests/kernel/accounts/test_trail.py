"""Whatever is done with accounts, their doors and the people of an organisation is on the trail."""

from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import ANY

import pyotp
from sqlalchemy import select

from kernel.accounts import links, queries
from kernel.accounts.links import Purpose
from kernel.accounts.models import Invitation
from kernel.accounts.rules import LINK_LIFE
from kernel.accounts.services import (
    accepting,
    addresses,
    colleagues,
    invitations,
    passwords,
    profile,
    second_factor,
    sessions,
    sign_in,
    tokens,
)
from kernel.db import db, new_id
from kernel.identity.models import Affiliation, SignInSession
from kernel.values import clock
from kernel.web.visitors import digest
from tests.kernel.accounts.conftest import PASSWORD
from tests.trails import NOBODY, SEALED, Deed, Told

ANOTHER, ADDRESS = "another fine long pass phrase", "efua@example.org"
KEPT = {}
"""The recovery codes that were shown last."""


def open_door(_who, _ids):
    sign_in.sign_in(ADDRESS, PASSWORD, source="127.0.0.1", device="Firefox")


def end_one(who, _ids):
    sessions.revoke(who, db.session.scalars(select(SignInSession.id)).one())


def end_others(who, _ids):
    sessions.revoke_others(replace(who, sign_in_session_id=new_id()))


def change_password(who, _ids):
    passwords.change_password(who, PASSWORD, ANOTHER, device="Firefox")


def reset_password(_nobody, _ids):
    account = queries.account_by_address(ADDRESS)
    passwords.reset_password(links.sign(Purpose.RESET, account, LINK_LIFE), PASSWORD)


def add_second_factor(who, _ids):
    second_factor.start(who, PASSWORD)
    code = pyotp.TOTP(second_factor.pending(who).secret).at(clock.now())
    KEPT["codes"] = second_factor.confirm(who, code)


def renew_codes(who, _ids):
    KEPT["codes"] = second_factor.renew_codes(who, KEPT["codes"][0])


def turn_off(who, _ids):
    second_factor.turn_off(who, KEPT["codes"][0])


def confirm(address):
    def follow(who, _ids):
        account = queries.account_by_id(who.account_id)
        addresses.confirm_address(links.sign(Purpose.ADDRESS, account, LINK_LIFE, value=address))

    return follow


def describe(who, _ids):
    person, _ = profile.profile_of(who)
    profile.change_profile(
        who, name="Efua Renamed", language="fr", time_zone=None, theme="auto",
        version=person.version,
    )  # fmt: skip


def make_token(who, _ids):
    return tokens.create(who, name="Reports", scopes=["kernel:members:see"], days=9).row


def invite(who, ids):
    return invitations.invite(
        who, ids["organisation"], name="Ana Fictional", address="ana@example.org"
    )


def accept(_nobody, ids):
    wanted = Invitation.id == ids["invitation accepted"]
    invitation = db.session.scalars(select(Invitation).where(wanted)).one()
    invitation.digest = digest("a secret")
    account = queries.account_by_id(invitation.account_id)
    token = links.sign(Purpose.INVITATION, account, LINK_LIFE, value="a secret")
    accepting.accept(token, name="Ana Fictional", password=PASSWORD)
    mine = Affiliation.person_id == account.person_id
    return db.session.scalars(select(Affiliation).where(mine)).one()


def retitle(who, ids):
    colleagues.change_job_title(who, ids["affiliation"], version=1, job_title="Clerk")


def end(who, ids):
    colleagues.end_affiliation(who, ids["affiliation"])


OFFER = {"organisation": "organisation", "role": "member"}
SIGNED_IN = Told("account.signed_in", "account", by="owner")
OWN = [
    Deed("owner", open_door, "account.signed_in", "account"),
    Deed("owner", end_others, "account.sessions_ended", "account"),
    Deed("owner", open_door, "account.signed_in", "account"),
    Deed("owner", end_one, "account.sessions_ended", "account"),
    Deed("owner", lambda who, _ids: sessions.end(who), "account.signed_out", "account"),
    Deed("owner", change_password, "account.password_changed", "account", then=[SIGNED_IN]),
    Deed("owner", reset_password, "account.password_reset", "account"),
    Deed("owner", add_second_factor, "account.second_factor_added", "account"),
    Deed("owner", renew_codes, "account.recovery_codes_renewed", "account"),
    Deed("owner", turn_off, "account.second_factor_removed", "account"),
    Deed("owner", confirm(ADDRESS), "account.address_confirmed", "account"),
    Deed("owner", confirm("new@example.org"), "account.address_changed", "account",
         {"address": SEALED}, {"address": SEALED}, about="owner"),
    Deed("owner", describe, "person.profile_changed", "person owner",
         {"name": SEALED, "language": None}, {"name": SEALED, "language": "fr"}, about="owner"),
    Deed("owner", make_token, "api_token.created", "api_token", None,
         {"scopes": ["kernel:members:see"]}),
    Deed("owner", lambda who, ids: tokens.revoke(who, ids["api_token"]), "api_token.revoked",
         "api_token"),
]  # fmt: skip
COLLEAGUES = [
    Deed("owner", invite, "invitation.sent", "invitation", None, OFFER),
    Deed("owner", lambda who, ids: invitations.revoke(who, ids["invitation"]),
         "invitation.revoked", "invitation"),
    Deed("owner", invite, "invitation.sent", "invitation accepted", None, OFFER),
    Deed(NOBODY, accept, "invitation.accepted", "invitation accepted", None, OFFER,
         makes="affiliation"),
    Deed("owner", retitle, "affiliation.changed", "affiliation",
         {"job_title": SEALED}, {"job_title": SEALED}),
    Deed("owner", end, "affiliation.ended", "affiliation", {"ended_at": None}, {"ended_at": ANY}),
]  # fmt: skip
DEEDS = [*OWN, *COLLEAGUES]


def test_whatever_is_done_with_accounts_is_on_the_trail(untold, person, factory):
    organisation = factory.organisation("Electoral Commission of Testland")
    owner = person(ADDRESS, organisation=organisation, roles=["focal_point"])
    account = SimpleNamespace(id=owner.account_id)
    assert untold(DEEDS, owner=owner, organisation=organisation, account=account) == []
