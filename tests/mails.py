"""What a network has mailed, read from the folder its mails lie in."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from flask import Flask

from kernel.mail.delivery import transport
from tests.factories import TestTenant


def mails_of(app: Flask, tenant: TestTenant) -> list[EmailMessage]:
    """The mails that were sent, oldest first; `run_jobs` sends those that wait."""
    with app.app_context():
        files = list(transport().folder.glob("*.eml"))
    files.sort(key=lambda file: file.stat().st_mtime_ns)
    sent = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    return [mail for mail in sent if f"@{tenant.host}" in str(mail["Message-ID"])]
