"""The mail server that takes what goes out to the people of these tests."""

import pytest

from kernel.mail.transport import SmtpSettings, SmtpTransport
from tests.kernel.mail.server import running_server


@pytest.fixture
def smtp(app, monkeypatch):
    """The mail server our mail leaves by."""
    with running_server() as server:
        way = SmtpTransport(SmtpSettings("127.0.0.1", server.port, "plain", seconds=5))
        monkeypatch.setitem(app.extensions, "comitia_mail", way)
        yield server
