"""Eligibility for a placement: typed, versioned rules, each answered with the fact it used.

A rule answers pass, fail or unknown and is never skipped. Any fail makes "ineligible", else any unknown
"needs evidence", else "eligible". A preference is not a rule and has no place here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from kernel.errors import N_, Message

CURRENT_VERSION: Final = 1
"""The version of the rule kinds below; stored with every set of rules."""


class Answer(StrEnum):
    """What a rule says."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Eligibility(StrEnum):
    """What all rules say together."""

    ELIGIBLE = "eligible"
    NEEDS_EVIDENCE = "needs_evidence"
    INELIGIBLE = "ineligible"


class Kind(StrEnum):
    """What a rule asks."""

    EMPLOYMENT = "employment"
    TOOK_PART = "took_part"
    DEGREE = "degree"
    EXPERIENCE = "experience"


class Source(StrEnum):
    """Where a fact comes from, which is what it is worth."""

    ORGANISER = "organiser"
    EMB = "emb"
    APPLICANT = "applicant"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement. `events` are the listed events of TOOK_PART, `subjects` those of DEGREE."""

    kind: Kind
    events: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The rule as it is stored."""
        return {
            "kind": self.kind.value,
            "events": list(self.events),
            "subjects": list(self.subjects),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rule":
        """The rule that was stored; raises ValueError for a kind nobody knows."""
        return cls(Kind(data["kind"]), tuple(data["events"]), tuple(data["subjects"]))


@dataclass(frozen=True, slots=True)
class EventAttended:
    """One listed event a person was registered for, and the minutes she attended."""

    event: str
    title: str
    minutes: int
    locked: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person at one moment. None means that nobody has said."""

    employer: str | None = None
    employer_is_member_emb: bool | None = None
    full_time: bool | None = None
    events: tuple[EventAttended, ...] = ()
    # Events whose attendance nobody has locked: where there is no record yet, absence proves nothing.
    unlocked_events: frozenset[str] = frozenset()
    degree_subject: str | None = None
    degree_is_graduate: bool | None = None
    manages_projects: bool | None = None
    manages_budgets: bool | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's answer, with the fact it used and where that came from."""

    rule: Rule
    answer: Answer
    fact: Message
    source: Source


def decide(verdicts: Sequence[Verdict]) -> Eligibility:
    """What the verdicts say together; raises ValueError for none, because no rule is no check."""
    if not verdicts:
        raise ValueError("eligibility needs at least one rule")
    answers = {verdict.answer for verdict in verdicts}
    if Answer.FAIL in answers:
        return Eligibility.INELIGIBLE
    return Eligibility.NEEDS_EVIDENCE if Answer.UNKNOWN in answers else Eligibility.ELIGIBLE


def check(rules: Sequence[Rule], facts: Facts) -> tuple[Verdict, ...]:
    """Ask every rule, none skipped."""
    return tuple(_ASK[rule.kind](rule, facts) for rule in rules)


def _employment(rule: Rule, facts: Facts) -> Verdict:
    if facts.employer is None or facts.employer_is_member_emb is None:
        return _unknown(rule, N_("No election management body is on record as your employer."))
    if not facts.employer_is_member_emb:
        text = Message(N_("%(employer)s is not a member EMB."), {"employer": facts.employer})
        return Verdict(rule, Answer.FAIL, text, Source.EMB)
    employer = {"employer": facts.employer}
    if facts.full_time is None:
        text = Message(N_("%(employer)s has not said whether you work full time."), employer)
        return Verdict(rule, Answer.UNKNOWN, text, Source.NOBODY)
    if not facts.full_time:
        text = Message(N_("You work part time at %(employer)s."), employer)
        return Verdict(rule, Answer.FAIL, text, Source.APPLICANT)
    text = Message(N_("You work full time at %(employer)s."), employer)
    return Verdict(rule, Answer.PASS, text, Source.APPLICANT)


def _took_part(rule: Rule, facts: Facts) -> Verdict:
    listed = [event for event in facts.events if event.event in rule.events]
    attended = [event for event in listed if event.minutes > 0]
    if any(event.locked for event in attended):
        best = max((e for e in attended if e.locked), key=lambda event: event.minutes)
        text = Message(
            N_("You attended %(minutes)s minutes of %(title)s."),
            {"minutes": best.minutes, "title": best.title},
        )
        return Verdict(rule, Answer.PASS, text, Source.ORGANISER)
    if any(not event.locked for event in listed):
        open_one = next(event for event in listed if not event.locked)
        text = Message(
            N_("The attendance of %(title)s is not final yet."), {"title": open_one.title}
        )
        return Verdict(rule, Answer.UNKNOWN, text, Source.ORGANISER)
    if listed:
        text = Message(
            N_("You were registered for %(title)s and attended 0 minutes."),
            {"title": listed[0].title},
        )
        return Verdict(rule, Answer.FAIL, text, Source.ORGANISER)
    text = Message(N_("None of the listed events has a record of you."))
    waiting = not facts.unlocked_events.isdisjoint(rule.events)
    return Verdict(rule, Answer.UNKNOWN if waiting else Answer.FAIL, text, Source.ORGANISER)


def _degree(rule: Rule, facts: Facts) -> Verdict:
    if facts.degree_subject is None or facts.degree_is_graduate is None:
        return _unknown(rule, N_("You have not stated a degree."))
    subject = {"subject": facts.degree_subject}
    if not facts.degree_is_graduate:
        text = Message(N_("Your degree in %(subject)s is not a graduate degree."), subject)
        return Verdict(rule, Answer.FAIL, text, Source.APPLICANT)
    if facts.degree_subject not in rule.subjects:
        text = Message(N_("%(subject)s is not one of the relevant subjects."), subject)
        return Verdict(rule, Answer.FAIL, text, Source.APPLICANT)
    text = Message(N_("You state a graduate degree in %(subject)s."), subject)
    return Verdict(rule, Answer.PASS, text, Source.APPLICANT)


def _experience(rule: Rule, facts: Facts) -> Verdict:
    if facts.manages_projects is None or facts.manages_budgets is None:
        return _unknown(
            rule, N_("You have not said whether you managed projects and their budgets.")
        )
    if not facts.manages_projects:
        text = Message(N_("You state no experience of managing projects or programmes."))
        return Verdict(rule, Answer.FAIL, text, Source.APPLICANT)
    if not facts.manages_budgets:
        text = Message(N_("You managed projects, but state no responsibility for a budget."))
        return Verdict(rule, Answer.FAIL, text, Source.APPLICANT)
    text = Message(N_("You state that you managed projects and their budgets."))
    return Verdict(rule, Answer.PASS, text, Source.APPLICANT)


def _unknown(rule: Rule, text: str) -> Verdict:
    return Verdict(rule, Answer.UNKNOWN, Message(text), Source.NOBODY)


_ASK: Final[Mapping[Kind, Callable[[Rule, Facts], Verdict]]] = {
    Kind.EMPLOYMENT: _employment,
    Kind.TOOK_PART: _took_part,
    Kind.DEGREE: _degree,
    Kind.EXPERIENCE: _experience,
}
