"""The forms and JSON bodies of placements, and what the API answers."""

from collections.abc import Mapping
from typing import Any, Final

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    Choices,
    Date,
    DateTime,
    Identifier,
    Integer,
    Lines,
    ListOf,
    LongText,
    Nested,
    Schema,
    Text,
    Time,
    TimeZone,
    YesNo,
)
from training.placements.rules.eligibility import Answer, Eligibility, Kind, Source
from training.placements.rules.statements import DegreeLevel, Statements
from training.placements.rules.terms import Terms
from training.placements.rules.vacancies import (
    LONGEST_TERM,
    ApplicationState,
    Outcome,
    VacancyState,
)
from training.placements.words import DEGREES, OUTCOMES

OTHER: Final = "*"
"""What the form sends for a subject that is not on the vacancy's list."""


class VacancySchema(Schema):
    """A vacancy with its rules, each chosen or left out."""

    title = Text(label=N_("Title"), required=True, max_length=200)
    summary = LongText(
        label=N_("What the placement is about"),
        hint=N_(
            "What is preferred belongs here too, for example a subject: a preference is never a rule."
        ),
        required=True,
        max_length=10_000,
    )
    term_months = Integer(
        label=N_("Term in months"),
        hint=N_("At most 12. A placement is never renewed nor extended."),
        required=True,
        min=1,
        max=LONGEST_TERM,
    )
    closes_on = Date(label=N_("Closing day"), required=True)
    closes_time = Time(
        label=N_("Closing time"), hint=N_("Without a time it closes at the end of that day.")
    )
    time_zone = TimeZone(label=N_("Time zone of the deadline"), required=True)
    employment = Boolean(
        label=N_("Full-time employee of a member EMB"),
        hint=N_("Checked against the EMB’s record and the applicant’s own statement."),
    )
    events = Choices(
        label=N_("Took part in one of these events"),
        hint=N_("Attended, not merely registered. Choose none and there is no such rule."),
    )
    subjects = Lines(
        label=N_("Graduate degree in one of these subjects"),
        hint=N_("One to a line. Leave it empty and there is no such rule."),
        max_length=120,
        most=40,
    )
    experience = Boolean(
        label=N_("Experience of managing projects or programmes, budgets included"),
        hint=N_("The applicant’s own statement."),
    )


def terms_of(data: Mapping[str, Any]) -> Terms:
    """What was entered for a vacancy, as its rules read it."""
    lists = {"events": tuple(data["events"]), "subjects": tuple(data["subjects"])}
    return Terms(**{**data, **lists})


class OutcomeSchema(Schema):
    """What became of a vacancy that closed."""

    outcome = Choice(Outcome, labels=OUTCOMES, label=N_("Outcome"), required=True)


class StatementsSchema(Schema):
    """What an applicant says of herself; a draft may leave out anything."""

    full_time = YesNo(label=N_("Do you work full time at your EMB?"))
    degree_level = Choice(DegreeLevel, labels=DEGREES, label=N_("Your highest degree"))
    degree_subject = Choice(
        label=N_("Subject of your graduate degree"),
        hint=N_("Counts only for a master’s degree or a doctorate."),
    )
    manages_projects = YesNo(label=N_("Have you managed projects or programmes?"))
    manages_budgets = YesNo(label=N_("Were you responsible for their budgets?"))
    motivation = LongText(
        label=N_("Motivation letter"),
        hint=N_("Why you apply and what you bring. Needed before you can send the application."),
        max_length=12_000,
        rows=12,
    )


class ApplicationForm(StatementsSchema):
    """The page's form: a subject that is not on the vacancy's list is written beside it."""

    other_subject = Text(
        label=N_("Which other subject"), hint=N_("Only when it is not on the list."), max_length=120
    )


def statements_of(data: Mapping[str, Any]) -> Statements:
    """What was entered, as the rules read it; a subject that was written stands for the one chosen."""
    given = dict(data)
    other = given.pop("other_subject", None)
    if given["degree_subject"] == OTHER:
        given["degree_subject"] = other
    return Statements(**given)


class SealSchema(Schema):
    """Which review a person sends."""

    seal = Text(widget="hidden", max_length=64)


class PageQuery(Schema):
    """Which page of a list."""

    page = Integer(label=N_("Page"), load_default=1, min=1, max=100_000)


class RuleOutput(Schema):
    """A rule: its kind, and what it lists."""

    kind = Choice(Kind)
    events = ListOf(Text())
    subjects = ListOf(Text())


class VerdictOutput(Schema):
    """A rule’s answer, with the fact it used as a sentence in the reader’s language."""

    rule = Nested(RuleOutput)
    answer = Choice(Answer)
    fact = Text()
    sources = ListOf(Choice(Source))


class CheckedOutput(Schema):
    """Every rule's verdict, none left out, and what they say together."""

    eligibility = Choice(Eligibility)
    verdicts = ListOf(Nested(VerdictOutput))


class VacancyOutput(Schema):
    """A vacancy."""

    id = Identifier()
    title = Text()
    summary = Text()
    term_months = Integer()
    closes_at = DateTime()
    time_zone = Text()
    rules = ListOf(Nested(RuleOutput))
    rules_version = Integer()
    state = Choice(VacancyState)
    published_at = DateTime()
    version = Integer()


class VacancyPageOutput(Schema):
    """One page of vacancies and how many there are in all."""

    items = ListOf(Nested(VacancyOutput))
    total = Integer()
    page = Integer()


class StatementsOutput(Schema):
    """What an applicant says of herself."""

    full_time = YesNo()
    degree_level = Choice(DegreeLevel)
    degree_subject = Text()
    manages_projects = YesNo()
    manages_budgets = YesNo()
    motivation = Text()


class ApplicationOutput(Schema):
    """An application, with the verdicts shown when it was sent and those at closing."""

    id = Identifier()
    vacancy_id = Identifier()
    state = Choice(ApplicationState)
    statements = Nested(StatementsOutput)
    submitted_at = DateTime()
    advice = Nested(CheckedOutput)
    decision = Nested(CheckedOutput)
    decided_at = DateTime()
    version = Integer()


class ReceivedOutput(ApplicationOutput):
    """An application as the officer reads it."""

    name = Text()


class TallyOutput(Schema):
    """How many applications were sent, and what was decided about them."""

    total = Integer()
    withdrawn = Integer()
    eligible = Integer()
    needs_evidence = Integer()
    ineligible = Integer()


class GenderTallyOutput(TallyOutput):
    """The counts of applicants of one gender."""

    gender = Text()


class ReceivedPageOutput(TallyOutput):
    """One page of the applications for a vacancy, and the counts of all."""

    items = ListOf(Nested(ReceivedOutput))
    by_gender = ListOf(Nested(GenderTallyOutput))
    page = Integer()
