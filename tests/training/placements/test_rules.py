"""Eligibility: every rule answers, with the fact it used."""

import itertools
from dataclasses import replace

import pytest

from training.placements.rules import (
    Answer,
    Eligibility,
    EventAttended,
    Facts,
    Kind,
    Rule,
    Source,
    Verdict,
    check,
    decide,
)

RULES = (
    Rule(Kind.EMPLOYMENT),
    Rule(Kind.TOOK_PART, events=("JEP 2015-08",)),
    Rule(Kind.DEGREE, subjects=("political science", "law")),
    Rule(Kind.EXPERIENCE),
)
GABORONE = EventAttended("JEP 2015-08", "Africa region workshop", 960, locked=True)
FULL = Facts(
    employer="Electoral Commission",
    employer_is_member_emb=True,
    full_time=True,
    events=(GABORONE,),
    degree_subject="law",
    degree_is_graduate=True,
    manages_projects=True,
    manages_budgets=True,
)


def answers(facts):
    return {verdict.rule.kind: verdict.answer for verdict in check(RULES, facts)}


def test_a_person_with_every_fact_is_eligible():
    assert decide(check(RULES, FULL)) is Eligibility.ELIGIBLE


def test_nothing_known_fails_only_what_the_organiser_knows():
    assert answers(Facts()) == {
        Kind.EMPLOYMENT: Answer.UNKNOWN,
        Kind.TOOK_PART: Answer.FAIL,
        Kind.DEGREE: Answer.UNKNOWN,
        Kind.EXPERIENCE: Answer.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("changed", "kind", "answer"),
    [
        ({"employer": None}, Kind.EMPLOYMENT, Answer.UNKNOWN),
        ({"employer_is_member_emb": False}, Kind.EMPLOYMENT, Answer.FAIL),
        ({"full_time": None}, Kind.EMPLOYMENT, Answer.UNKNOWN),
        ({"full_time": False}, Kind.EMPLOYMENT, Answer.FAIL),
        ({"events": ()}, Kind.TOOK_PART, Answer.FAIL),
        ({"events": (replace(GABORONE, minutes=0),)}, Kind.TOOK_PART, Answer.FAIL),
        (
            {"events": (), "unlocked_events": frozenset({"JEP 2015-08"})},
            Kind.TOOK_PART,
            Answer.UNKNOWN,
        ),
        ({"events": (replace(GABORONE, locked=False),)}, Kind.TOOK_PART, Answer.UNKNOWN),
        ({"events": (replace(GABORONE, event="other"),)}, Kind.TOOK_PART, Answer.FAIL),
        ({"degree_subject": None}, Kind.DEGREE, Answer.UNKNOWN),
        ({"degree_is_graduate": False}, Kind.DEGREE, Answer.FAIL),
        ({"degree_subject": "botany"}, Kind.DEGREE, Answer.FAIL),
        ({"manages_budgets": None}, Kind.EXPERIENCE, Answer.UNKNOWN),
        ({"manages_budgets": False}, Kind.EXPERIENCE, Answer.FAIL),
    ],
)
def test_each_rule_answers_from_its_own_fact(changed, kind, answer):
    found = answers(replace(FULL, **changed))
    assert found[kind] is answer
    assert all(a is Answer.PASS for k, a in found.items() if k is not kind)


def test_registered_without_attending_is_told_so():
    facts = replace(FULL, events=(replace(GABORONE, minutes=0),))
    verdict = next(v for v in check(RULES, facts) if v.rule.kind is Kind.TOOK_PART)
    assert verdict.source is Source.ORGANISER
    assert (
        str(verdict.fact)
        == "You were registered for Africa region workshop and attended 0 minutes."
    )


@pytest.mark.parametrize("given", list(itertools.product(Answer, repeat=3)))
def test_fail_outweighs_unknown_and_unknown_outweighs_pass(given):
    verdicts = [Verdict(Rule(Kind.DEGREE), a, None, Source.NOBODY) for a in given]
    ranks = [Answer.PASS, Answer.UNKNOWN, Answer.FAIL]
    worst = ranks[max(ranks.index(a) for a in given)]
    expected = {
        Answer.PASS: Eligibility.ELIGIBLE,
        Answer.UNKNOWN: Eligibility.NEEDS_EVIDENCE,
        Answer.FAIL: Eligibility.INELIGIBLE,
    }
    assert decide(verdicts) is expected[worst]


def test_no_rules_is_no_check():
    with pytest.raises(ValueError, match="at least one rule"):
        decide([])


def test_a_rule_survives_being_stored():
    assert [Rule.from_data(rule.as_data()) for rule in RULES] == list(RULES)
