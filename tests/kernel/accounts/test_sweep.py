"""What opens nothing any more is forgotten; what still does stays."""

from datetime import timedelta

from sqlalchemy import select

from kernel.accounts.jobs import sweep
from kernel.accounts.models import ResetRequest
from kernel.accounts.queries import account_by_id
from kernel.accounts.services import passwords, sessions
from kernel.db import db
from kernel.identity.models import ApiToken, SignInSession
from kernel.values import clock


def test_ended_sessions_tokens_and_wishes_are_swept(person, inside, api_token):
    ama = person()
    api_token(ama)
    with inside():
        sessions.begin(account_by_id(ama.account_id), "Firefox, Linux")
        passwords.ask_for_reset("nobody@example.org", source="192.0.2.1")
    with inside():
        sweep.function()
        assert len(db.session.scalars(select(SignInSession)).all()) == 1
        assert len(db.session.scalars(select(ResetRequest)).all()) == 1
    with inside(), clock.frozen(clock.now() + timedelta(days=3)):
        sweep.function()
        assert db.session.scalars(select(SignInSession)).all() == []
        assert db.session.scalars(select(ResetRequest)).all() == []
        # A token of a test has no end, and stays.
        assert len(db.session.scalars(select(ApiToken)).all()) == 1
