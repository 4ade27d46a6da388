"""What can be done with placements: every verb loads, checks access, applies the rules, writes, records.

vacancies     draft, edit, approve, publish, and what became of them
eligibility   advice on the facts of this moment
applications  write, review, send, withdraw
closing       the decision on the facts at closing
reading       vacancies and applications as their pages show them
"""

from training.placements.events import (
    ApplicationSubmitted,
    VacancyClosed,
    VacancyDrafted,
    VacancyPublished,
)
from training.placements.service.applications import (
    Review,
    is_open,
    review,
    save_draft,
    submit,
    withdraw,
)
from training.placements.service.closing import close_due, close_vacancy
from training.placements.service.eligibility import check_eligibility, statements_of
from training.placements.service.erasing import erase
from training.placements.service.kept import Checked, Sent, all_sent, sent_of
from training.placements.service.reading import (
    Dossier,
    Received,
    Tallies,
    Tally,
    dossier,
    own,
    received,
    received_list,
)
from training.placements.service.vacancies import (
    approve_vacancy,
    draft_vacancy,
    edit_vacancy,
    facts,
    publish_vacancy,
    record_outcome,
    vacancy_for_edit,
)

__all__ = [
    "ApplicationSubmitted",
    "Checked",
    "Dossier",
    "Received",
    "Review",
    "Sent",
    "Tallies",
    "Tally",
    "VacancyClosed",
    "VacancyDrafted",
    "VacancyPublished",
    "all_sent",
    "approve_vacancy",
    "check_eligibility",
    "close_due",
    "close_vacancy",
    "dossier",
    "draft_vacancy",
    "edit_vacancy",
    "erase",
    "facts",
    "is_open",
    "own",
    "publish_vacancy",
    "received",
    "received_list",
    "record_outcome",
    "review",
    "save_draft",
    "sent_of",
    "statements_of",
    "submit",
    "vacancy_for_edit",
    "withdraw",
]
