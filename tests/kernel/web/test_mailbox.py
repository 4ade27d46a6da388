from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from kernel.inbound.parsing import parse
from kernel.mail.message import Letter, Mailbox, compose
from kernel.mail.transport import transport_from
from tests.factories import TestTenant
from tests.kernel.mail.server import running_server
from tests.pages import Browser


@pytest.fixture
def send(app: Flask, tenant: TestTenant) -> Callable[..., None]:
    def write(subject: str, text: str = "Hello", host: str = tenant.host, number: int = 1) -> None:
        letter = Letter(
            sender=Mailbox("Network", f"no-reply@{host}"),
            recipient=Mailbox("Ama", "ama@example.org"),
            subject=subject,
            text=text,
            language="en",
            message_id=f"{number}@{host}",
            written_at=datetime(2026, 11, 21, 10, number, tzinfo=UTC),
        )
        transport_from(app.config["MAIL"]).send(compose(letter))

    return write


def test_mails_are_listed_newest_first(
    browser_for: Callable[..., Browser], send: Callable[..., None]
) -> None:
    send("Older", number=1)
    send("Newer", number=2)
    text = browser_for().get("/dev/mail").text
    assert text.index("Newer") < text.index("Older")


def test_another_network_mails_are_not_shown(
    browser_for: Callable[..., Browser], send: Callable[..., None]
) -> None:
    send("Secret of others", host="other.example.org", number=3)
    assert "Secret of others" not in browser_for().get("/dev/mail").text


def test_links_in_a_mail_are_alive_and_the_rest_is_text(
    browser_for: Callable[..., Browser], send: Callable[..., None]
) -> None:
    send("Invitation", "Open https://cen.example.org/i?a=1&b=2.\n<b>not bold</b>")
    browser = browser_for()
    page = browser.get(browser.get("/dev/mail").links()["Invitation"])
    assert page.links()["https://cen.example.org/i?a=1&b=2"] == "https://cen.example.org/i?a=1&b=2"
    assert "<b>not bold" not in page.html
    assert "<b>not bold</b>" in page.text


def test_an_unknown_mail_is_not_found(browser_for: Callable[..., Browser]) -> None:
    assert browser_for().get("/dev/mail/none").status == 404


def test_a_mail_that_cannot_be_read_does_not_hide_the_others(
    app: Flask, browser_for: Callable[..., Browser], send: Callable[..., None]
) -> None:
    send("Readable")
    Path(urlsplit(app.config["MAIL"]).path, "broken.eml").write_bytes(b"\x00not a mail")
    assert "Readable" in browser_for().get("/dev/mail").text


def test_a_mail_is_answered_by_smtp_as_a_mail_program_would(
    app: Flask, tenant: TestTenant, browser_for: Callable[..., Browser], monkeypatch
) -> None:
    letter = Letter(
        sender=Mailbox("Network", f"no-reply@{tenant.host}"),
        recipient=Mailbox("Ama", "ama@example.org"),
        subject="[Ink] How long?",
        text="How long\ndoes it hold?",
        language="en",
        message_id=f"7@{tenant.host}",
        written_at=datetime(2026, 11, 21, 10, 7, tzinfo=UTC),
        headers={"Reply-To": f"reply+token@reply.{tenant.host}"},
    )
    transport_from(app.config["MAIL"]).send(compose(letter))
    browser = browser_for()
    with running_server() as server:
        monkeypatch.setitem(app.config, "DEMO_MAIL_PORT", server.port)
        page = browser.get(browser.get("/dev/mail").links()["[Ink] How long?"])
        page = browser.submit(page, "Send the answer", text="Nine days.")
        assert "The answer is on its way" in page.text
    assert server.recipients == [f"reply+token@reply.{tenant.host}"]
    (message,) = server.messages
    parsed = parse(message.as_bytes())
    assert (parsed.sender, parsed.text) == ("ama@example.org", "Nine days.")
    assert parsed.quoted.endswith("How long\ndoes it hold?")
    assert parsed.refers_to == (f"7@{tenant.host}",)


def test_a_mail_without_an_address_for_answers_has_no_form(
    app: Flask, browser_for: Callable[..., Browser], send: Callable[..., None], monkeypatch
) -> None:
    monkeypatch.setitem(app.config, "DEMO_MAIL_PORT", 1)
    send("Invitation")
    browser = browser_for()
    assert "Send the answer" not in browser.get(browser.get("/dev/mail").links()["Invitation"]).html
