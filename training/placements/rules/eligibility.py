"""Eligibility for a placement: typed, versioned rules, each answered with the fact it used.

A rule answers pass, fail or unknown and is never skipped. Any fail makes "ineligible", else any unknown
"needs evidence", else "eligible" (DOMAIN §5). A preference is not a rule and has no place here.

The sentences address nobody: the applicant and the officer read the same ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from kernel.errors import N_, Message, NotNow
from kernel.values.partial_dates import PartialDate
from training.placements.rules.statements import GRADUATE, DegreeLevel, Statements, is_listed

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
    NETWORK = "network"
    APPLICANT = "applicant"
    NOBODY = "nobody"


class UnreadableRules(NotNow):
    """Stored rules of a kind or version this service does not know; nothing is decided on part of them."""

    code = "rules-unreadable"


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement. `events` are the ids of TOOK_PART's listed events, `subjects` those of DEGREE.

    Raises ValueError for a rule that nobody could pass, or with a list its kind does not use.
    """

    kind: Kind
    events: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.events) != (self.kind is Kind.TOOK_PART):
            raise ValueError("listed events belong to the rule of taking part, and to no other")
        if bool(self.subjects) != (self.kind is Kind.DEGREE):
            raise ValueError("relevant subjects belong to the rule of the degree, and to no other")

    def as_data(self) -> dict[str, Any]:
        """The rule as it is stored."""
        return {"kind": self.kind, "events": list(self.events), "subjects": list(self.subjects)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rule":
        """The rule that was stored; raises ValueError or KeyError for what is no rule."""
        return cls(Kind(data["kind"]), tuple(data["events"]), tuple(data["subjects"]))


def read_rules(version: int, stored: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of a vacancy, all of them.

    Raises UnreadableRules for a newer version, an unknown kind or no rule at all: to skip one rule would
    let people in whom it keeps out.
    """
    if not 1 <= version <= CURRENT_VERSION:
        raise UnreadableRules(
            N_(
                "These rules are of version %(version)s, which this service cannot read."
                " Tell whoever runs the service."
            ),
            version=version,
        )
    try:
        rules = tuple(Rule.from_data(data) for data in stored)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableRules(
            N_(
                "A rule of this vacancy is of a kind this service cannot read. Tell whoever runs the service."
            )
        ) from error
    if not rules:
        raise UnreadableRules(
            N_("This vacancy has no rules, so nothing can be checked. Tell the secretariat.")
        )
    return rules


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation a person is or was with, as it stands in the records at one moment."""

    name: str
    is_member_emb: bool
    ended: bool = False


@dataclass(frozen=True, slots=True)
class EventAttended:
    """One event a person was registered for, and the minutes she attended."""

    event: str
    title: str
    minutes: int
    locked: bool
    held: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person at one moment.

    `unlocked_events` are events whose attendance nobody has locked: where there is no record of her yet,
    absence proves nothing.
    """

    employer: Employer | None = None
    events: tuple[EventAttended, ...] = ()
    unlocked_events: frozenset[str] = frozenset()
    statements: Statements = field(default_factory=Statements)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's answer, with the fact it used and where that came from."""

    rule: Rule
    answer: Answer
    fact: Message
    sources: tuple[Source, ...]

    def as_data(self) -> dict[str, Any]:
        """The verdict as it is stored: message and parameters, so that it is read in any language."""
        return {
            "rule": self.rule.as_data(),
            "answer": self.answer,
            "fact": {"text": self.fact.text, "params": dict(self.fact.params)},
            "sources": list(self.sources),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Verdict":
        """The verdict that was stored."""
        return cls(
            Rule.from_data(data["rule"]),
            Answer(data["answer"]),
            Message(data["fact"]["text"], data["fact"]["params"]),
            tuple(Source(source) for source in data["sources"]),
        )


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
    employer, full_time = facts.employer, facts.statements.full_time
    if employer is None:
        text = N_("No election management body is on record as the employer.")
        return _verdict(rule, Answer.UNKNOWN, text, Source.NOBODY)
    name = {"employer": employer.name}
    if employer.ended:
        text = N_("Employment at %(employer)s has ended.")
        return _verdict(rule, Answer.FAIL, text, Source.EMB, **name)
    if not employer.is_member_emb:
        text = N_("The employer on record, %(employer)s, is not an active member EMB.")
        return _verdict(rule, Answer.FAIL, text, Source.NETWORK, **name)
    if full_time is None:
        text = N_("Employed at %(employer)s; whether full time has not been stated.")
        return _verdict(rule, Answer.UNKNOWN, text, Source.EMB, Source.NOBODY, **name)
    if not full_time:
        text = N_("Employed at %(employer)s, part time.")
        return _verdict(rule, Answer.FAIL, text, Source.EMB, Source.APPLICANT, **name)
    text = N_("Employed at %(employer)s, full time.")
    return _verdict(rule, Answer.PASS, text, Source.EMB, Source.APPLICANT, **name)


def _took_part(rule: Rule, facts: Facts) -> Verdict:
    """Attended, not merely registered. A locked record of hers outweighs events without one."""
    listed = [event for event in facts.events if event.event in rule.events]
    attended = [event for event in listed if event.locked and event.minutes > 0]
    if attended:
        best = max(attended, key=lambda event: event.minutes)
        text = N_("Attended %(title)s; minutes on record: %(minutes)s.")
        return _organisers(rule, Answer.PASS, text, **_named(best), minutes=best.minutes)
    pending = [event for event in listed if not event.locked]
    if pending:
        text = N_("Registered for %(title)s, whose attendance is not final yet.")
        return _organisers(rule, Answer.UNKNOWN, text, **_named(pending[0]))
    if listed:
        text = N_("Registered for %(title)s and attended 0 minutes.")
        return _organisers(rule, Answer.FAIL, text, **_named(listed[0]))
    if not facts.unlocked_events.isdisjoint(rule.events):
        text = N_("No record in the listed events so far; the attendance of some is not final yet.")
        return _verdict(rule, Answer.UNKNOWN, text, Source.NOBODY)
    return _organisers(rule, Answer.FAIL, N_("No record in any of the listed events."))


def _named(event: EventAttended) -> dict[str, str]:
    """The event in a fact's parameters; its date as it is stored, so that each reader has it in words."""
    return {"title": event.title} | ({"held": str(event.held)} if event.held else {})


def _degree(rule: Rule, facts: Facts) -> Verdict:
    level, subject = facts.statements.degree_level, facts.statements.degree_subject
    if level is None:
        text = N_("The highest degree has not been stated.")
        return _verdict(rule, Answer.UNKNOWN, text, Source.NOBODY)
    if level is DegreeLevel.NONE:
        return _stated(rule, Answer.FAIL, N_("No degree."))
    if level not in GRADUATE:
        return _stated(rule, Answer.FAIL, N_("A first degree, which is not a graduate degree."))
    if subject is None:
        text = N_("A graduate degree; its subject has not been stated.")
        return _verdict(rule, Answer.UNKNOWN, text, Source.APPLICANT, Source.NOBODY)
    if not is_listed(subject, rule.subjects):
        text = N_("A graduate degree in %(subject)s, which is not among the relevant subjects.")
        return _stated(rule, Answer.FAIL, text, subject=subject)
    return _stated(rule, Answer.PASS, N_("A graduate degree in %(subject)s."), subject=subject)


def _experience(rule: Rule, facts: Facts) -> Verdict:
    projects, budgets = facts.statements.manages_projects, facts.statements.manages_budgets
    if projects is False:
        text = N_("No experience of managing projects or programmes.")
        return _stated(rule, Answer.FAIL, text)
    if budgets is False:
        return _stated(rule, Answer.FAIL, N_("No experience of being responsible for a budget."))
    if projects is None or budgets is None:
        text = N_("Whether projects and their budgets were managed has not been stated in full.")
        return _verdict(rule, Answer.UNKNOWN, text, Source.NOBODY)
    return _stated(
        rule, Answer.PASS, N_("Experience of managing projects or programmes and their budgets.")
    )


def _stated(rule: Rule, answer: Answer, text: str, **params: object) -> Verdict:
    return _verdict(rule, answer, text, Source.APPLICANT, **params)


def _organisers(rule: Rule, answer: Answer, text: str, **params: object) -> Verdict:
    return _verdict(rule, answer, text, Source.ORGANISER, **params)


def _verdict(rule: Rule, answer: Answer, text: str, *sources: Source, **params: object) -> Verdict:
    return Verdict(rule, answer, Message(text, params), sources)


_ASK: Final[Mapping[Kind, Callable[[Rule, Facts], Verdict]]] = {
    Kind.EMPLOYMENT: _employment,
    Kind.TOOK_PART: _took_part,
    Kind.DEGREE: _degree,
    Kind.EXPERIENCE: _experience,
}
