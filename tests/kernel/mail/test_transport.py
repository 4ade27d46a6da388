"""The ways out, against a real SMTP server and a real folder."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from kernel.mail.message import compose
from kernel.mail.transport import (
    FolderTransport,
    MailRefused,
    MailServerAway,
    Security,
    SmtpSettings,
    SmtpTransport,
    transport_from,
)
from tests.kernel.mail.server import Received, free_port, running_server
from tests.kernel.mail.test_message import LETTER


@pytest.fixture
def server() -> Iterator[Received]:
    with running_server() as received:
        yield received


def to(port: int, security: Security = "plain", seconds: float = 5) -> SmtpTransport:
    return SmtpTransport(SmtpSettings("127.0.0.1", port, security, seconds=seconds))


def test_a_message_arrives_as_it_was_written(server: Received) -> None:
    to(server.port).send(compose(LETTER))
    assert server.recipients == ["zoe@example.org"]
    (message,) = server.messages
    assert message["Message-ID"] == "<abc@pacific.example>"
    assert message.get_content().splitlines() == LETTER.text.splitlines()


@pytest.mark.parametrize("answer", ["450 busy", "421 closing"])
def test_a_server_that_asks_to_wait_is_away(server: Received, answer: str) -> None:
    server.data_answer = answer
    with pytest.raises(MailServerAway) as away:
        to(server.port).send(compose(LETTER))
    assert away.value.code == answer[:3]


def test_an_unknown_recipient_is_refused_for_good_and_not_named(server: Received) -> None:
    server.recipient_answer = "550 no such user zoe@example.org"
    with pytest.raises(MailRefused) as refused:
        to(server.port).send(compose(LETTER))
    assert str(refused.value) == "550"
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_message_refused_for_its_content_is_refused_for_good(server: Received) -> None:
    server.data_answer = "554 too large"
    with pytest.raises(MailRefused):
        to(server.port).send(compose(LETTER))


def test_a_server_that_is_not_there_is_away() -> None:
    with pytest.raises(MailServerAway):
        to(free_port()).send(compose(LETTER))


def test_a_server_that_stays_silent_is_away_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MailServerAway):
        to(silent.getsockname()[1], seconds=0.2).send(compose(LETTER))


def test_nothing_is_sent_in_the_clear_where_starttls_is_asked_for(server: Received) -> None:
    with pytest.raises(MailServerAway) as away:
        to(server.port, "starttls").send(compose(LETTER))
    assert away.value.code == "starttls"
    assert server.messages == []


def test_a_server_without_tls_is_away_where_tls_is_asked_for(server: Received) -> None:
    with pytest.raises(MailServerAway):
        to(server.port, "tls", seconds=1).send(compose(LETTER))


def test_a_message_sent_twice_is_one_file_in_the_folder(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path / "mail")
    folder.send(compose(LETTER))
    folder.send(compose(LETTER))
    folder.send(compose(replace(LETTER, message_id="other@pacific.example")))
    files = sorted((tmp_path / "mail").iterdir())
    assert [one.suffix for one in files] == [".eml", ".eml"]
    found = {message_from_bytes(one.read_bytes())["Message-ID"] for one in files}
    assert found == {"<abc@pacific.example>", "<other@pacific.example>"}


def test_the_configuration_names_the_way_out(server: Received) -> None:
    transport_from(f"smtp://127.0.0.1:{server.port}").send(compose(LETTER))
    assert len(server.messages) == 1
    assert isinstance(transport_from("folder:var/mail"), FolderTransport)


@pytest.mark.parametrize("address", ["", "http://example.org", "smtp://", "folder:", "mail"])
def test_an_address_that_names_no_way_out_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="none of"):
        transport_from(address)
