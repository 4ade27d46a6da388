"""What an officer enters for a vacancy, and the rules that makes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kernel.errors import N_, Refused
from training.placements.rules.eligibility import Kind, Rule
from training.placements.rules.vacancies import END_OF_DAY


@dataclass(frozen=True, slots=True)
class Terms:
    """A vacancy as it is entered: its term is at most 12 months, no time means the end of `closes_on`.

    `employment`: full-time employee of a member EMB; `events`: took part in one of these, by id;
    `subjects`: a graduate degree in one of these; `experience`: of managing projects and their budgets.
    """

    title: str
    summary: str
    term_months: int
    closes_on: date
    time_zone: str
    closes_time: time | None = None
    employment: bool = False
    events: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    experience: bool = False

    def rules(self) -> tuple[Rule, ...]:
        """The rules that were chosen; what was left empty is none. Raises Refused without any."""
        chosen = (
            self.employment and Rule(Kind.EMPLOYMENT),
            self.events and Rule(Kind.TOOK_PART, events=self.events),
            self.subjects and Rule(Kind.DEGREE, subjects=self.subjects),
            self.experience and Rule(Kind.EXPERIENCE),
        )
        rules = tuple(rule for rule in chosen if isinstance(rule, Rule))
        if not rules:
            raise Refused(
                N_("Choose at least one rule: without any, everybody is eligible."),
                field="employment",
            )
        return rules

    @classmethod
    def of(
        cls,
        title: str,
        summary: str,
        term_months: int,
        closes_at: datetime,
        time_zone: str,
        rules: tuple[Rule, ...],
    ) -> "Terms":
        """The terms a vacancy was entered with, for its form."""
        local = closes_at.astimezone(ZoneInfo(time_zone))
        at = local.time()
        kinds = {rule.kind: rule for rule in rules}
        took_part, degree = kinds.get(Kind.TOOK_PART), kinds.get(Kind.DEGREE)
        return cls(
            title=title,
            summary=summary,
            term_months=term_months,
            closes_on=local.date(),
            time_zone=time_zone,
            closes_time=None if at == END_OF_DAY else at,
            employment=Kind.EMPLOYMENT in kinds,
            events=took_part.events if took_part else (),
            subjects=degree.subjects if degree else (),
            experience=Kind.EXPERIENCE in kinds,
        )
