"""Eligibility: every rule answers, with the fact it used and where that came from."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Message
from training.placements.rules.eligibility import (
    CURRENT_VERSION,
    Answer,
    Eligibility,
    Employer,
    EventAttended,
    Facts,
    Kind,
    Rule,
    Source,
    UnreadableRules,
    Verdict,
    check,
    decide,
    read_rules,
)
from training.placements.rules.statements import DegreeLevel, Statements

PASS, FAIL, UNKNOWN = Answer.PASS, Answer.FAIL, Answer.UNKNOWN
ORGANISER, EMB, NETWORK, APPLICANT, NOBODY = Source

RULES = (
    Rule(Kind.EMPLOYMENT),
    Rule(Kind.TOOK_PART, events=("gaborone", "apia")),
    Rule(Kind.DEGREE, subjects=("Political science", "Law")),
    Rule(Kind.EXPERIENCE),
)
MEMBER = Employer("Electoral Commission", is_member_emb=True)
GABORONE = EventAttended("gaborone", "Africa region workshop", 960, locked=True)
APIA = EventAttended("apia", "Pacific region workshop", 1, locked=True)
FULL = Facts(
    employer=MEMBER,
    events=(GABORONE,),
    statements=Statements(
        full_time=True,
        degree_level=DegreeLevel.MASTER,
        degree_subject="Law",
        manages_projects=True,
        manages_budgets=True,
        motivation="I ran our voter education programme.",
    ),
)


def facts(**changed):
    """All facts of an eligible person but for what is given; statements by their own names."""
    said = {name: changed.pop(name) for name in list(changed) if name in Statements.__slots__}
    return replace(FULL, statements=replace(FULL.statements, **said), **changed)


def verdict(kind, found):
    return next(each for each in check(RULES, found) if each.rule.kind is kind)


def test_a_person_with_every_fact_is_eligible():
    assert decide(check(RULES, FULL)) is Eligibility.ELIGIBLE


def test_nothing_known_is_unknown_but_for_what_the_organiser_knows():
    assert [each.answer for each in check(RULES, Facts())] == [UNKNOWN, FAIL, UNKNOWN, UNKNOWN]


EMPLOYMENT = [
    ({}, PASS, (EMB, APPLICANT), "Employed at Electoral Commission, full time."),
    ({"full_time": False}, FAIL, (EMB, APPLICANT), "Employed at Electoral Commission, part time."),
    ({"full_time": None}, UNKNOWN, (EMB, NOBODY), "whether full time has not been stated"),
    ({"employer": None}, UNKNOWN, (NOBODY,), "No election management body is on record"),
    ({"employer": replace(MEMBER, ended=True)}, FAIL, (EMB,), "has ended"),
    ({"employer": Employer("NGO", is_member_emb=False)}, FAIL, (NETWORK,), "NGO, is not an active"),
    ({"employer": Employer("NGO", False, ended=True)}, FAIL, (EMB,), "Employment at NGO has ended"),
]
TOOK_PART = [
    ({}, PASS, "Attended Africa region workshop; minutes on record: 960."),
    ({"events": (APIA,)}, PASS, "minutes on record: 1."),
    ({"events": (APIA, GABORONE)}, PASS, "minutes on record: 960."),
    ({"events": (replace(GABORONE, minutes=0), APIA)}, PASS, "Pacific"),
    (
        {"events": (replace(GABORONE, minutes=0),)},
        FAIL,
        "Registered for Africa region workshop and attended 0 minutes.",
    ),
    ({"events": ()}, FAIL, "No record in any of the listed events."),
    ({"events": (replace(GABORONE, event="elsewhere"),)}, FAIL, "No record in any"),
    ({"events": (replace(GABORONE, locked=False),)}, UNKNOWN, "attendance is not final yet"),
    ({"events": (replace(GABORONE, minutes=0, locked=False),)}, UNKNOWN, "not final yet"),
    (
        {"events": (replace(GABORONE, minutes=0), replace(APIA, locked=False))},
        UNKNOWN,
        "Registered for Pacific region workshop",
    ),
    ({"events": (), "unlocked_events": frozenset({"apia"})}, UNKNOWN, "No record in the listed"),
    ({"events": (), "unlocked_events": frozenset({"elsewhere"})}, FAIL, "No record in any"),
    (
        {"events": (replace(GABORONE, minutes=0),), "unlocked_events": frozenset({"apia"})},
        FAIL,
        "attended 0 minutes",
    ),
]
DEGREE = [
    ({}, PASS, (APPLICANT,), "A graduate degree in Law."),
    ({"degree_subject": "political SCIENCE"}, PASS, (APPLICANT,), "political SCIENCE"),
    ({"degree_level": DegreeLevel.DOCTORATE}, PASS, (APPLICANT,), "graduate degree"),
    ({"degree_level": DegreeLevel.FIRST}, FAIL, (APPLICANT,), "not a graduate degree"),
    ({"degree_level": DegreeLevel.NONE}, FAIL, (APPLICANT,), "No degree."),
    ({"degree_level": None}, UNKNOWN, (NOBODY,), "has not been stated"),
    ({"degree_subject": None}, UNKNOWN, (APPLICANT, NOBODY), "its subject has not been stated"),
    ({"degree_subject": "Botany"}, FAIL, (APPLICANT,), "Botany, which is not among"),
]
EXPERIENCE = [
    ({}, PASS, (APPLICANT,), "projects or programmes and their budgets"),
    ({"manages_projects": False}, FAIL, (APPLICANT,), "No experience of managing projects"),
    ({"manages_budgets": False}, FAIL, (APPLICANT,), "No experience of being responsible"),
    ({"manages_projects": False, "manages_budgets": None}, FAIL, (APPLICANT,), "No experience"),
    ({"manages_projects": None, "manages_budgets": False}, FAIL, (APPLICANT,), "No experience"),
    ({"manages_budgets": None}, UNKNOWN, (NOBODY,), "has not been stated in full"),
    ({"manages_projects": None, "manages_budgets": None}, UNKNOWN, (NOBODY,), "in full"),
]
WORKED = [
    *((Kind.EMPLOYMENT, *case) for case in EMPLOYMENT),
    *((Kind.TOOK_PART, changed, answer, None, text) for changed, answer, text in TOOK_PART),
    *((Kind.DEGREE, *case) for case in DEGREE),
    *((Kind.EXPERIENCE, *case) for case in EXPERIENCE),
]


@pytest.mark.parametrize(("kind", "changed", "answer", "sources", "text"), WORKED)
def test_each_rule_answers_from_its_own_fact_and_names_its_source(
    kind, changed, answer, sources, text
):
    found = verdict(kind, facts(**changed))
    assert found.answer is answer
    assert sources is None or found.sources == sources
    assert text in str(found.fact)
    others = [each for each in check(RULES, facts(**changed)) if each.rule.kind is not kind]
    assert {each.answer for each in others} == {PASS}


def test_what_the_organiser_knows_comes_from_the_organiser_and_absence_while_open_from_nobody():
    assert verdict(Kind.TOOK_PART, FULL).sources == (ORGANISER,)
    assert verdict(Kind.TOOK_PART, facts(events=())).sources == (ORGANISER,)
    waiting = facts(events=(), unlocked_events=frozenset({"apia"}))
    assert verdict(Kind.TOOK_PART, waiting).sources == (NOBODY,)


def test_no_sentence_addresses_anybody_so_that_the_officer_reads_the_same_one():
    for kind, changed, *_ in WORKED:
        words = str(verdict(kind, facts(**changed)).fact).casefold().split()
        assert not {"you", "your", "she", "her", "he", "his"} & set(words)


answers = st.sampled_from(Answer)
employers = st.none() | st.builds(Employer, st.just("EC"), st.booleans(), st.booleans())
events = st.builds(
    EventAttended,
    st.sampled_from(["gaborone", "apia", "elsewhere"]),
    st.just("Workshop"),
    st.integers(0, 3),
    st.booleans(),
)
statements = st.builds(
    Statements,
    st.none() | st.booleans(),
    st.none() | st.sampled_from(DegreeLevel),
    st.none() | st.sampled_from(["Law", "law", "Botany"]),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
)
anybody = st.builds(
    Facts,
    employers,
    st.lists(events, max_size=3).map(tuple),
    st.frozensets(st.sampled_from(["gaborone", "apia", "elsewhere"])),
    statements,
)


def oracle(found):
    """The answers worked out again, rule by rule, as a clerk would with DOMAIN §5 before her."""
    said, employer = found.statements, found.employer
    own = [each for each in found.events if each.event in ("gaborone", "apia")]
    if employer is None:
        employed = UNKNOWN
    elif employer.ended or not employer.is_member_emb or said.full_time is False:
        employed = FAIL
    else:
        employed = PASS if said.full_time else UNKNOWN
    if any(each.locked and each.minutes for each in own):
        attended = PASS
    elif own:
        attended = FAIL if all(each.locked for each in own) else UNKNOWN
    else:
        attended = UNKNOWN if {"gaborone", "apia"} & found.unlocked_events else FAIL
    if said.degree_level in (None, DegreeLevel.NONE, DegreeLevel.FIRST):
        degree = UNKNOWN if said.degree_level is None else FAIL
    elif said.degree_subject is None:
        degree = UNKNOWN
    else:
        degree = PASS if said.degree_subject.lower() == "law" else FAIL
    experience = {said.manages_projects, said.manages_budgets}
    managed = FAIL if False in experience else UNKNOWN if None in experience else PASS
    return [employed, attended, degree, managed]


@given(anybody)
def test_every_rule_answers_for_anybody_as_worked_out_by_hand(found):
    verdicts = check(RULES, found)
    assert [each.rule for each in verdicts] == list(RULES)
    assert [each.answer for each in verdicts] == oracle(found)
    assert all(each.sources and str(each.fact) for each in verdicts)


@given(st.lists(answers, min_size=1))
def test_any_fail_is_ineligible_else_any_unknown_needs_evidence(given_answers):
    verdicts = [Verdict(Rule(Kind.EXPERIENCE), a, Message("x"), (NOBODY,)) for a in given_answers]
    if given_answers.count(FAIL):
        expected = Eligibility.INELIGIBLE
    elif given_answers.count(UNKNOWN):
        expected = Eligibility.NEEDS_EVIDENCE
    else:
        expected = Eligibility.ELIGIBLE
    assert decide(verdicts) is expected


@given(st.lists(st.sampled_from(RULES), min_size=1, max_size=6), anybody)
def test_there_are_as_many_verdicts_as_rules_in_their_order(rules, found):
    assert [each.rule for each in check(rules, found)] == rules


def test_no_rules_is_no_check():
    with pytest.raises(ValueError, match="at least one rule"):
        decide([])


@given(anybody)
def test_rules_statements_and_verdicts_survive_being_stored(found):
    assert read_rules(CURRENT_VERSION, [rule.as_data() for rule in RULES]) == RULES
    assert Statements.from_data(found.statements.as_data()) == found.statements
    verdicts = check(RULES, found)
    assert tuple(Verdict.from_data(each.as_data()) for each in verdicts) == verdicts


STORED = [rule.as_data() for rule in RULES]


@pytest.mark.parametrize(
    ("version", "stored"),
    [
        (CURRENT_VERSION + 1, STORED),
        (0, STORED),
        (CURRENT_VERSION, [*STORED, {"kind": "nationality", "events": [], "subjects": []}]),
        (CURRENT_VERSION, [*STORED, {"kind": "degree", "events": [], "subjects": []}]),
        (CURRENT_VERSION, [*STORED, {"kind": "degree"}]),
        (CURRENT_VERSION, [*STORED, "degree"]),
        (CURRENT_VERSION, []),
    ],
)
def test_rules_that_cannot_be_read_whole_are_refused_and_none_is_skipped(version, stored):
    with pytest.raises(UnreadableRules):
        read_rules(version, stored)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.TOOK_PART},
        {"kind": Kind.DEGREE},
        {"kind": Kind.EMPLOYMENT, "events": ("gaborone",)},
        {"kind": Kind.TOOK_PART, "events": ("gaborone",), "subjects": ("Law",)},
    ],
)
def test_a_rule_nobody_could_pass_is_none(wrong):
    with pytest.raises(ValueError, match="belong"):
        Rule(**wrong)


def test_every_kind_has_worked_cases_of_every_answer():
    seen = {(kind, answer) for kind, _, answer, *_ in WORKED}
    assert seen == set(chain.from_iterable(((k, a) for a in Answer) for k in Kind))
