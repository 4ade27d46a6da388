"""Tags, quotations and differences: pure rules by tables of cases and properties."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from network.topics.rules import answer_after_merge, quotation, tag_of, tags_of
from network.topics.rules.differences import Change, difference


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Voter registration", "voter-registration"),
        ("  #Ink ", "ink"),
        ("voter_registration", "voter-registration"),
        ("Encre indélébile", "encre-indélébile"),
        ("الحبر السري", "الحبر-السري"),
        ("e-voting — 2026", "e-voting-2026"),
        ("!?", ""),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_tag_is_kept_the_same_whoever_types_it(typed, kept):
    assert tag_of(typed) == kept


@given(st.text())
def test_a_tag_as_it_is_kept_is_kept_as_it_is(text):
    assert tag_of(tag_of(text)) == tag_of(text)


OWN, MERGED = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("kind", "own", "merged", "after"),
    [
        ("question", None, None, None),
        ("question", None, MERGED, MERGED),
        ("question", OWN, None, OWN),
        ("question", OWN, MERGED, OWN),
        ("discussion", None, MERGED, None),
    ],
)
def test_a_question_keeps_its_answer_in_a_merge_or_takes_that_of_the_other(
    kind, own, merged, after
):
    assert answer_after_merge(kind, own, merged) == after


def test_a_topic_has_at_most_five_tags_each_once():
    assert tags_of(["Ink", "ink", "", "Seals"]) == ["ink", "seals"]
    with pytest.raises(Refused) as refused:
        tags_of(["a", "b", "c", "d", "e", "f"])
    assert refused.value.field == "tags"


def test_a_quotation_names_its_author_and_leaves_out_what_was_quoted_before():
    text = quotation("**Ama** wrote:", "> Does it hold?\n\nIt does.\n\nTwice.")
    assert text == "> **Ama** wrote:\n>\n> It does.\n>\n> Twice.\n\n"


def test_a_post_that_only_quotes_is_quoted_whole_and_a_long_one_is_cut():
    assert "> > Does it hold?" in quotation("x", "> Does it hold?")
    assert len(quotation("x", "word " * 2000)) < 2200


@given(st.text(), st.text())
def test_a_difference_holds_both_texts(before, after):
    pieces = difference(before, after)
    kept = [piece.text for piece in pieces if piece.change is not Change.ADDED]
    new = [piece.text for piece in pieces if piece.change is not Change.REMOVED]
    assert "".join(kept) == before
    assert "".join(new) == after


def test_a_difference_is_told_by_words():
    pieces = [(piece.change, piece.text) for piece in difference("It holds well.", "It held well.")]
    assert pieces == [
        (Change.SAME, "It "),
        (Change.REMOVED, "holds"),
        (Change.ADDED, "held"),
        (Change.SAME, " well."),
    ]
