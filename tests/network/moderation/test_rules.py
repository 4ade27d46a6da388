"""Whose posts wait, and what a moderator can answer by mail, as tables."""

import pytest

from kernel.errors import Refused
from network.moderation.rules import Answer, Verdict, check_flagging, is_held, parse_answer


@pytest.mark.parametrize(
    ("first_posts_held", "published", "held"),
    [(0, 0, False), (1, 0, True), (1, 1, False), (3, 2, True), (3, 3, False)],
)
def test_the_first_posts_wait_and_no_later_ones(first_posts_held, published, held):
    assert is_held(first_posts_held, published) is held


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("approve", Answer(Verdict.APPROVED)),
        ("Approve.\n\n-- \nAma", Answer(Verdict.APPROVED)),
        ("APPROVE, thank you", Answer(Verdict.APPROVED)),
        ("hide It names a voter.", Answer(Verdict.HIDDEN, "It names a voter.")),
        ("Hide: it names\na voter\n\nAma", Answer(Verdict.HIDDEN, "it names a voter")),
    ],
)
def test_a_decision_is_the_first_word_of_a_mail(text, answer):
    assert parse_answer(text) == answer


@pytest.mark.parametrize(
    "text", ["", "hide", "hide \n\nbecause", "yes", "I would approve", "hidden"]
)
def test_anything_else_is_refused_with_what_to_write(text):
    with pytest.raises(Refused) as refused:
        parse_answer(text)
    assert "“approve”" in str(refused.value) or "Say why" in str(refused.value)


@pytest.mark.parametrize(
    ("own", "status", "refused"),
    [
        (False, "visible", False),
        (True, "visible", True),
        (False, "hidden", True),
        (False, "deleted", True),
    ],
)
def test_one_reports_what_others_wrote_and_all_read(own, status, refused):
    if refused:
        with pytest.raises(Refused):
            check_flagging(own, status)
    else:
        check_flagging(own, status)
