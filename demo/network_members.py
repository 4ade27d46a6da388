"""The members of the demo network: the 56 of the Commonwealth, real facts from a real file."""

from pathlib import Path

from kernel.identity.actor import Actor
from kernel.imports import ImportResult
from network.members import service

FILE = Path(__file__).with_name("data") / "commonwealth_members.csv"


def load_members(actor: Actor) -> ImportResult:
    """Import the members as their network administrator would; loading again changes nothing."""
    return service.imports.import_file(actor, FILE.name, FILE.read_bytes())
