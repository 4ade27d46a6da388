"""What the audit trail calls what is done with accounts."""

from typing import Final

from kernel.errors import N_

ACTIONS: Final = {
    "account.address_changed": N_("Mail address changed"),
    "account.address_confirmed": N_("Mail address confirmed again"),
    "account.mail_suspended": N_("Mail stopped because it came back"),
    "account.password_changed": N_("Password changed"),
    "account.password_reset": N_("Password reset"),
    "account.recovery_codes_renewed": N_("Recovery codes renewed"),
    "account.second_factor_added": N_("Two-step sign-in turned on"),
    "account.second_factor_removed": N_("Two-step sign-in turned off"),
    "account.sessions_ended": N_("Sessions in other browsers ended"),
    "account.signed_in": N_("Signed in"),
    "account.signed_out": N_("Signed out"),
    "affiliation.changed": N_("Job title changed"),
    "affiliation.ended": N_("Affiliation ended"),
    "api_token.created": N_("API token made"),
    "api_token.revoked": N_("API token revoked"),
    "invitation.accepted": N_("Invitation to the network accepted"),
    "invitation.revoked": N_("Invitation to the network taken back"),
    "invitation.sent": N_("Invitation to the network sent"),
    "person.preferences_changed": N_("Language or colours changed"),
    "person.profile_changed": N_("Profile changed"),
    "request.refused": N_("Change refused for want of permission"),
}

OBJECTS: Final = {
    "account": N_("Account"),
    "affiliation": N_("Affiliation"),
    "api_token": N_("API token"),
    "invitation": N_("Invitation to the network"),
    "organisation": N_("Organisation"),
    "person": N_("Person"),
    "route": N_("Page or address"),
    "tenant": N_("Network"),
}
