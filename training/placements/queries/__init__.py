"""Finding vacancies and applications, and the employer the records know of a person."""

from training.placements.models import Application as Application
from training.placements.models import Vacancy as Vacancy
from training.placements.queries.own import application_with_vacancy as application_with_vacancy
from training.placements.queries.own import applications_of as applications_of
from training.placements.queries.own import decided_for as decided_for
from training.placements.queries.own import decided_since as decided_since
from training.placements.queries.own import employers_of as employers_of
from training.placements.queries.own import live_application as live_application
from training.placements.queries.own import own_application as own_application
from training.placements.queries.own import undecided_of as undecided_of
from training.placements.queries.sent import Count as Count
from training.placements.queries.sent import counts_of as counts_of
from training.placements.queries.sent import received as received
from training.placements.queries.sent import received_application as received_application
from training.placements.queries.sent import submitted_for as submitted_for
from training.placements.queries.visible import PAGE as PAGE
from training.placements.queries.visible import due_for_closing as due_for_closing
from training.placements.queries.visible import hold_for_applying as hold_for_applying
from training.placements.queries.visible import hold_for_closing as hold_for_closing
from training.placements.queries.visible import open_for as open_for
from training.placements.queries.visible import sees_drafts as sees_drafts
from training.placements.queries.visible import unfinished as unfinished
from training.placements.queries.visible import vacancies as vacancies
from training.placements.queries.visible import vacancy_of as vacancy_of
from training.placements.queries.visible import vacancy_to_mail as vacancy_to_mail
