"""Changing workshops: by hand, from a file of them, and their agendas."""

from training.workshops.service.agenda import AGENDA as AGENDA
from training.workshops.service.agenda import agenda_imports as agenda_imports
from training.workshops.service.events import EVENTS as EVENTS
from training.workshops.service.events import event_imports as event_imports
from training.workshops.service.workshop import SEARCH_KIND as SEARCH_KIND
from training.workshops.service.workshop import create_workshop as create_workshop
from training.workshops.service.workshop import edit_workshop as edit_workshop
from training.workshops.service.workshop import facts_of as facts_of
from training.workshops.service.workshop import workshop_for_edit as workshop_for_edit
