"""A post goes out by SMTP, the answer comes in by SMTP, and goes out again: one conversation for everybody."""

import re
import smtplib

from kernel.web.mailbox_answers import answer
from network.topics import queries
from tests.factories.network import make_topic
from tests.kernel.inbound.conftest import listening

__all__ = ["listening"]


def test_a_post_is_mailed_and_its_answer_by_mail_appears_with_its_quotation_folded(
    inside, cast, smtp, listening, run_jobs, browser_for
):
    with inside():
        topic = make_topic(cast.member, cast.private)
    run_jobs()
    (mail,) = smtp.messages
    (sender,) = smtp.senders
    assert re.match(r"bounce\+[a-z2-7]{40}@reply\.", sender)
    reply = answer(mail, "Nine days, measured in Ho.")
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(reply)
    run_jobs()
    with inside():
        first, post = queries.visible_posts(topic.id)
        assert (post.via, post.author_id) == ("mail", cast.chair.person_id)
        assert (post.body, post.in_reply_to_id) == ("Nine days, measured in Ho.", first.id)
        assert "Does it hold in the" in post.quoted
        assert "/account/" in mail.get_content()
        assert "/account/" not in post.quoted
    page = browser_for(cast.member).get(f"/network/discussions/{topic.id}")
    assert "Show quoted text" in page.text
    told = smtp.messages[-1]
    assert told["To"].addresses[0].display_name == "Lepule Member"
    assert told["In-Reply-To"] == mail["Message-ID"]
    assert told["Message-ID"] == reply["Message-ID"]
    assert "Does it hold in the" not in told.get_content()
