"""What pages and mails of placements call things, in English and marked for translation."""

from typing import Final

from flask_babel import get_locale

from kernel.errors import N_, P_, Message
from kernel.values.partial_dates import PartialDate, in_words
from training.placements.rules.eligibility import Answer, Eligibility, Kind, Source, Verdict
from training.placements.rules.statements import DegreeLevel
from training.placements.rules.vacancies import ApplicationState, Outcome, VacancyState

STATES: Final = {
    VacancyState.DRAFT: N_("Draft, to be approved"),
    VacancyState.APPROVED: N_("Approved, not published"),
    VacancyState.PUBLISHED: P_("placement", "Open"),
    VacancyState.CLOSED: P_("placement", "Closed"),
    VacancyState.FILLED: N_("Filled"),
    VacancyState.FAILED: N_("Not filled"),
}
OUTCOMES: Final = {Outcome.FILLED: N_("Filled"), Outcome.FAILED: N_("Not filled")}
APPLICATION_STATES: Final = {
    ApplicationState.DRAFT: N_("Draft, not sent"),
    ApplicationState.SUBMITTED: P_("application for a placement", "Sent"),
    ApplicationState.SCREENED: N_("Decided"),
    ApplicationState.WITHDRAWN: P_("application for a placement", "Withdrawn"),
}
ANSWERS: Final = {
    Answer.PASS: N_("Pass"),
    Answer.FAIL: N_("Fail"),
    Answer.UNKNOWN: N_("Unknown"),
}
ELIGIBILITY: Final = {
    Eligibility.ELIGIBLE: N_("Eligible"),
    Eligibility.NEEDS_EVIDENCE: N_("Needs evidence"),
    Eligibility.INELIGIBLE: N_("Not eligible"),
}
RULES: Final = {
    Kind.EMPLOYMENT: N_("Full-time employee of a member EMB"),
    Kind.TOOK_PART: N_("Took part in one of the listed events"),
    Kind.DEGREE: N_("Graduate degree in a relevant subject"),
    Kind.EXPERIENCE: N_("Experience of managing projects or programmes, budgets included"),
}
SOURCES: Final = {
    Source.ORGANISER: N_("The organiser’s record"),
    Source.EMB: N_("The EMB’s record"),
    Source.NETWORK: N_("The network’s list of members"),
    Source.APPLICANT: N_("The applicant’s own statement"),
    Source.NOBODY: N_("Nobody has said yet"),
}
DEGREES: Final = {
    DegreeLevel.NONE: N_("No degree"),
    DegreeLevel.FIRST: N_("First degree, such as a bachelor’s"),
    DegreeLevel.MASTER: N_("Master’s degree"),
    DegreeLevel.DOCTORATE: N_("Doctorate"),
}
GENDERS: Final = {
    "female": N_("Women"),
    "male": N_("Men"),
    "other": N_("Another gender"),
    "not_declared": N_("Not declared"),
}
"""The headings of counts, in the order of every count."""


def fact_of(verdict: Verdict) -> Message:
    """The fact behind a verdict, the month of its event written as the reader does."""
    params = dict(verdict.fact.params)
    if held := params.pop("held", None):
        month = in_words(PartialDate.parse(str(held)), str(get_locale() or "en_GB"))
        params["title"] = f"{params['title']} ({month})"
    return Message(verdict.fact.text, params)
