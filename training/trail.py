"""What the audit trail calls what is done in training: one entry per action, one per kind of object."""

from typing import Final

from kernel.errors import N_

ACTIONS: Final = {
    "alumni_record.closed": N_("Alumni record closed"),
    "alumni_record.confirmed": N_("Alumni record confirmed by its person"),
    "alumni_record.opened": N_("Alumni record opened"),
    "application.discarded": N_("Application draft thrown away"),
    "application.drafted": N_("Application begun"),
    "application.saved": N_("Application draft saved"),
    "application.screened": N_("Application decided at closing"),
    "application.submitted": N_("Application sent"),
    "application.withdrawn": N_("Application withdrawn"),
    "attendance.changed": N_("Minutes of attendance changed"),
    "attendance.corrected": N_("Locked attendance corrected"),
    "attendance.locked": N_("Attendance locked"),
    "participant.added": N_("Participant added"),
    "participant.changed": N_("Participant changed"),
    "participant.removed": N_("Participant removed"),
    "participants.imported": N_("Participants imported"),
    "availability.removed": N_("Availability taken back"),
    "availability.stated": N_("Availability stated"),
    "consent.given": N_("Consent to be found given"),
    "consent.withdrawn": N_("Consent to be found withdrawn"),
    "participation.changed": N_("Participation changed"),
    "participation.recorded": N_("Participation recorded"),
    "participation.withdrawn": N_("Participation withdrawn"),
    "vacancy.approved": N_("Vacancy approved"),
    "vacancy.closed": N_("Vacancy closed"),
    "vacancy.drafted": N_("Vacancy drafted"),
    "vacancy.edited": N_("Vacancy edited"),
    "vacancy.failed": N_("Vacancy not filled"),
    "vacancy.filled": N_("Vacancy filled"),
    "vacancy.published": N_("Vacancy published"),
    "programme.opened": N_("Programme opened"),
    "workshop.agenda_imported": N_("Agenda of a workshop imported"),
    "workshop.changed": N_("Workshop changed"),
    "workshop.created": N_("Workshop added"),
    "workshops.imported": N_("Workshops imported"),
}

OBJECTS: Final = {
    "alumni_availability": N_("Availability of an alumna or alumnus"),
    "alumni_consent": N_("Consent of an alumna or alumnus"),
    "alumni_record": N_("Alumni record"),
    "application": N_("Application for a placement"),
    "certificate": N_("Certificate"),
    "issue_run": N_("Issue of certificates"),
    "participant": N_("Participant"),
    "participation": N_("Participation in a workshop"),
    "programme": N_("Training programme"),
    "session": N_("Session of a workshop"),
    "vacancy": N_("Placement vacancy"),
    "workshop": N_("Workshop"),
}
