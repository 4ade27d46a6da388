"""Mail in by HTTP: who may hand mail over, and what is said to whom."""

import time

import pytest
from sqlalchemy import func, select

from kernel.db import db
from kernel.inbound.models import IncomingMail
from kernel.web import mail_in
from tests.kernel.inbound.conftest import taken

__all__ = ["taken"]

SECRET = "a-secret-of-the-configuration"
MAIL = (
    b"From: ama@example.org\r\nSubject: Ink\r\nMessage-ID: <one@example.org>\r\n\r\nIt holds.\r\n"
)


@pytest.fixture
def hand_over(app, tenant, monkeypatch):
    """`hand_over(...)` posts a mail with a good code unless told otherwise; the answer."""
    monkeypatch.setitem(app.config, "MAIL_IN_SECRET", SECRET)

    def post(
        to=None, *, ago=0, secret=SECRET, signed=MAIL, content=MAIL, sender="", host=tenant.host
    ):
        to = to or f"box@reply.{tenant.host}"
        moment = str(int(time.time()) - ago)
        return app.test_client().post(
            "/api/v1/inbound",
            base_url=f"http://{host}",
            query_string={"to": to, "sender": sender},
            data=content,
            content_type="message/rfc822",
            headers={
                "X-Comitia-Timestamp": moment,
                "X-Comitia-Signature": mail_in.signature(secret, moment, to, sender, signed),
            },
        )

    return post


def count(inside):
    with inside():
        return db.session.scalar(select(func.count()).select_from(IncomingMail))


def test_a_mail_is_taken_once_and_handled_as_any_other(inside, taken, hand_over, run_jobs):
    answers = [hand_over(sender="ama@example.org") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert [answer.get_json() for answer in answers] == [{"taken": True}, {"taken": False}]
    run_jobs()
    assert [mail.text for _, mail in taken] == ["It holds."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another"},
        {"ago": 301},
        {"ago": -301},
        {"content": MAIL + b"More."},
    ],
    ids=["secret", "old", "ahead", "changed"],
)
def test_a_code_that_does_not_fit_or_is_not_of_now_opens_nothing(inside, taken, hand_over, wrong):
    assert hand_over(**wrong).status_code == 403
    assert count(inside) == 0


@pytest.mark.parametrize("moment", ["", "now", "1e9", "-5", "9" * 40, "١٢٣"])
def test_a_time_that_is_none_is_refused(app, tenant, taken, hand_over, moment):
    answer = app.test_client().post(
        "/api/v1/inbound?to=box@x",
        base_url=f"http://{tenant.host}",
        data=MAIL,
        headers={"X-Comitia-Timestamp": moment.encode().decode("latin-1")},
    )
    assert answer.status_code == 403


def test_an_unknown_address_and_one_of_another_network_are_not_found(
    inside, taken, hand_over, tenant, make_tenant
):
    assert hand_over(f"nobody@reply.{tenant.host}").status_code == 404
    other = make_tenant()
    assert hand_over(f"box@reply.{other.host}").status_code == 404
    assert count(inside) == 0


def test_there_is_no_such_door_without_a_secret(app, hand_over, taken, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_IN_SECRET", "")
    assert hand_over(secret="").status_code == 404
