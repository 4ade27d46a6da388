"""Fills a network so that every page has something to show."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from flask import Flask

from kernel.db import db, scoped
from kernel.identity.actor import Actor
from kernel.identity.permissions import known_roles
from kernel.questions import Subject
from missions.budgets import service as budgets
from missions.budgets.rules.catalogue import Driver
from missions.budgets.rules.lines import LineEntry
from missions.missions import service as missions
from missions.missions.rules import InvitationState, MissionKind, Precision
from missions.plan import service as plans
from network.groups import service as groups
from network.groups.rules import GroupKind, GroupVisibility, Joining
from network.members import service as members
from network.topics import service as topics
from network.topics.rules import TopicKind
from tests.factories import Factory

MEMBERS = Path(__file__).parents[2] / "demo" / "data" / "commonwealth_members.csv"


@dataclass
class Story:
    """Who is in the network that was filled, and what she will look at."""

    everybody: Actor
    mission_id: UUID
    group_id: UUID


@contextmanager
def acting(app: Flask, actor: Actor) -> Iterator[None]:
    """Run services as a person and commit at the end."""
    organisations = actor.organisation_ids
    with (
        app.app_context(),
        scoped(actor.tenant_id, person=actor.person_id, organisations=organisations),
    ):
        yield
        db.session.commit()


def tell(app: Flask, factory: Factory) -> Story:
    """Import the members, found a group, plan a mission and cost it."""
    secretariat = factory.organisation("Secretariat (fictional)", kind="secretariat")
    roles = [name for name in known_roles() if name != "member"]
    everybody = factory.actor("Ama Serwaa (fictional)", organisation=secretariat, roles=roles)
    colleague = factory.actor("Litia Tuilagi (fictional)", organisation=secretariat)
    with acting(app, everybody):
        members.import_file(everybody, MEMBERS.name, MEMBERS.read_bytes())
    with acting(app, everybody):
        group_id = _found_group(everybody, colleague)
        _discuss(everybody, group_id)
        mission_id = _plan_mission(everybody)
    with acting(app, everybody):
        _cost(everybody, Subject("mission", mission_id))
    return Story(everybody, mission_id, group_id)


def _found_group(actor: Actor, colleague: Actor) -> UUID:
    group = groups.create_group(
        actor,
        name="Voter registration in small states",
        purpose="What works with three permanent staff and a slow line.",
        kind=GroupKind.WORKING_GROUP,
        joining=Joining.INVITATION,
        visibility=GroupVisibility.PRIVATE,
        chair_id=actor.person_id,
    )
    groups.add_member(actor, group.id, person_id=colleague.person_id)
    return group.id


def _discuss(actor: Actor, group_id: UUID) -> None:
    topic = topics.create_topic(
        actor,
        group_id=group_id,
        kind=TopicKind.QUESTION,
        title="Indelible ink in humid climates",
        body="How long does a bottle keep once it is open?\n\n- In the shade\n- In a refrigerator",
        language="en",
    )
    topics.reply(actor, topic.id, body="شهران في الظل، وأكثر من ذلك في البرّاد.", language="ar")


def _plan_mission(actor: Actor) -> UUID:
    mission = missions.create_mission(
        actor,
        kind=MissionKind.OBSERVATION,
        title="Solomon Islands general election (fictional)",
        country="SB",
        polling_day=date(2027, 4, 14),
        precision=Precision.DAY,
        time_zone="Pacific/Guadalcanal",
        observers=12,
        staff=4,
    )
    missions.record_invitation(
        actor, mission.id, version=1, state=InvitationState.REQUESTED, on=date(2026, 9, 1)
    )
    missions.record_waiver(
        actor, mission.id, version=None, reason="The last assessment is four months old."
    )
    plans.apply_starter(actor, mission.id, translate=str)
    return mission.id


def _cost(actor: Actor, subject: Subject) -> None:
    budgets.start(
        actor,
        subject,
        base_currency="GBP",
        contingency_percent=Decimal(5),
        overhead_percent=Decimal(7),
    )
    budgets.set_rate(
        actor,
        subject,
        1,
        currency="USD",
        units_per_base=Decimal("1.25"),
        quoted_on=date(2026, 9, 1),
        source="Central bank (fictional)",
    )
    for category, description, driver, amounts in LINES:
        line = LineEntry(category=category, description=description, driver=driver, **amounts)
        budgets.add_line(actor, subject, 1, line)


LINES = (
    (
        "subsistence",
        "Daily allowance of observers",
        Driver.PERSON_UNITS,
        {"persons": 12, "units": Decimal(10), "rate": Decimal(180), "currency": "GBP"},
    ),
    (
        "travel",
        "Flights",
        Driver.UNITS,
        {"units": Decimal(16), "rate": Decimal(2100), "currency": "USD"},
    ),
    (
        "reporting",
        "Printing and translation",
        Driver.LUMP_SUM,
        {"rate": Decimal(900), "currency": "GBP"},
    ),
)
