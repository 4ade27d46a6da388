"""The starter work plan: the tasks a planner would otherwise type in anew for every mission.

Versioned data. Applying it copies the tasks into the plan, where they are edited like any other;
a new edition changes no plan that already exists. The days are this product's planning assumptions.
"""

from dataclasses import dataclass
from typing import Final

from kernel.errors import N_

EDITION: Final = "2026-1"


@dataclass(frozen=True)
class StarterTask:
    """A starter task: the message of its title, its first day from polling day and its length."""

    title: str
    offset: int
    days: int = 1


STARTER_TASKS: Final = (
    StarterTask(N_("Agree the terms of reference with the chair"), -84, 10),
    StarterTask(N_("Select observers and send invitations"), -70, 14),
    StarterTask(N_("Request accreditation from the election management body"), -60, 5),
    StarterTask(N_("Book flights and accommodation"), -49, 14),
    StarterTask(
        N_("Collect code of conduct pledges and conflict of interest declarations"), -42, 14
    ),
    StarterTask(N_("Complete the security risk assessment"), -35, 7),
    StarterTask(N_("Deploy the advance team"), -21),
    StarterTask(N_("Prepare the briefing pack for observers"), -18, 8),
    StarterTask(N_("Draft the deployment plan of observer teams"), -14, 7),
    StarterTask(N_("Hold the arrival press conference"), -7),
    StarterTask(N_("Brief observers and deploy teams"), -6, 3),
    StarterTask(N_("Observe polling, counting and the start of results"), 0, 2),
    StarterTask(N_("Issue the interim statement"), 2),
    StarterTask(N_("Debrief teams and collect their reports"), 3, 2),
    StarterTask(N_("Send observers home"), 5, 2),
    StarterTask(N_("Draft the final report"), 7, 28),
    StarterTask(N_("Submit the final report to the chair for review"), 40, 7),
    StarterTask(N_("Settle the accounts of the mission"), 45, 14),
)
