"""Organisations that apply to the demo network, all of them invented: one waits, one was declined."""

from datetime import timedelta
from typing import Final

from demo.world import World
from kernel.values import clock
from network.applications import service
from network.applications.rules import ApplicationState, Kind, Letter

WAITING: Final = Letter(
    kind=Kind.PARTNER,
    name="Atoll Observers’ Forum (fictional)",
    country=None,
    statement=(
        "We are eleven volunteers who train domestic observers on outer islands, where the polling"
        " officials and the observers come on the same boat.\n\n"
        "We would bring our checklists in four languages, and hope to hear how others keep observers"
        " and officials apart for three days at sea."
    ),
    contact_name="Teuila Fictional",
    contact_address="teuila@example.org",
    language="en",
)
REFUSED: Final = Letter(
    kind=Kind.PARTNER,
    name="Ballot Printers Ltd (fictional)",
    country="GB",
    statement="We print ballot papers and would like to meet those who order them.",
    contact_name="Percy Fictional",
    contact_address="percy@example.org",
    language="en",
)
REASON: Final = "The network is open to public bodies and their associations, not to suppliers."


def load(world: World) -> None:
    """Let both arrive, and the administrator decide on one."""
    now = clock.now()
    with clock.frozen(now - timedelta(days=24)), world.inside():
        refused = service.receive(REFUSED).id
    with world.acting_at("administrator", now - timedelta(days=20)) as administrator:
        service.take_step(
            administrator,
            refused,
            version=1,
            step=ApplicationState.DECLINED,
            reason=REASON,
            tell=False,
        )
    with clock.frozen(now - timedelta(days=3)), world.inside():
        service.receive(WAITING)
