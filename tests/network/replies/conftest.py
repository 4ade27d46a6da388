"""The people of these tests, and the mail server that takes what goes out to them."""

import pytest

from kernel.mail.transport import SmtpSettings, SmtpTransport
from tests.kernel.mail.server import running_server
from tests.network.topics.conftest import api_for, cast

__all__ = ["api_for", "cast"]


@pytest.fixture
def smtp(app, monkeypatch):
    """The mail server our mail leaves by."""
    with running_server() as server:
        way = SmtpTransport(SmtpSettings("127.0.0.1", server.port, "plain", seconds=5))
        monkeypatch.setitem(app.extensions, "comitia_mail", way)
        yield server
