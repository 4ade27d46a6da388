"""The people of the demo, all invented, and the 56 members they belong to.

Each person comes in as anybody does: invited by somebody who may, and accepting the invitation.
"""

import secrets
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import pyotp
from sqlalchemy import select

from demo.network_members import load_members
from demo.world import World
from kernel.accounts import links
from kernel.accounts.links import Purpose
from kernel.accounts.models import Invitation
from kernel.accounts.rules import INVITATION_LIFE
from kernel.accounts.services import accepting, invitations, profile, second_factor
from kernel.db import db
from kernel.identity.models import Account, Organisation
from kernel.values import clock
from kernel.web.visitors import digest
from training.permissions import ALUMNUS

PASSWORD: Final = "polling day demo"  # noqa: S105 - printed at every start of the demo
SECRETARIAT: Final = "secretariat"
NETWORK_LANGUAGE: Final = "en"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody invented. `place` is the secretariat or the country code of an EMB.

    `language` is what she writes in, and reads where it is not the network's own. `mailbox` is her
    address where a list of participants has it already.
    """

    key: str
    name: str
    place: str
    role: str
    title: str
    invited_by: str = "administrator"
    language: str = NETWORK_LANGUAGE
    mailbox: str = ""

    @property
    def address(self) -> str:
        """An address that can belong to nobody (RFC 2606)."""
        return self.mailbox or f"{self.key.replace('_', '.')}@fictional.example.org"


ADMINISTRATOR: Final = DemoPerson(
    "administrator", "Imogen Ashdown-Mensah", SECRETARIAT, "network_administrator", "Administrator"
)
PEOPLE: Final = (
    DemoPerson("planner", "Tobias Kiplimo", SECRETARIAT, "planner", "Mission planner"),
    DemoPerson("approver", "Henrietta Vakalalabure", SECRETARIAT, "approver", "Head of section"),
    DemoPerson(
        "officer", "Dev Ramphal-Singh", SECRETARIAT, "programme_officer", "Programme officer"
    ),
    DemoPerson(
        "librarian", "Wilhelmina Attard-Cachia", SECRETARIAT, "librarian", "Knowledge officer"
    ),
    DemoPerson(
        "announcer", "Rohan Seneviratne-Silva", SECRETARIAT, "announcer", "Communications officer"
    ),
    DemoPerson("ghana_admin", "Kwabena Fosu-Tetteh", "GH", "emb_administrator", "Director of ICT"),
    DemoPerson("ghana_member", "Adwoa Nyarkoh", "GH", "member", "Training officer", "ghana_admin"),
    DemoPerson("kenya_focal", "Wambui Otieno-Njeri", "KE", "focal_point", "Liaison officer"),
    DemoPerson("kenya_member", "Barasa Cheptoo", "KE", "member", "Results analyst", "kenya_focal"),
    DemoPerson(
        "kenya_member2", "Naliaka Wekesa-Rotich", "KE", "member", "Legal officer", "kenya_focal"
    ),
    DemoPerson("fiji_focal", "Litia Tukana-Rokobuli", "FJ", "focal_point", "Deputy supervisor"),
    DemoPerson("jamaica_member", "Delroy Pennant-Hylton", "JM", "member", "Returning officer"),
    DemoPerson(
        "cameroon_member", "Solange Mbarga-Tchinda", "CM", "member", "Chargée d’études",
        language="fr",
    ),
    DemoPerson(
        "translator", "Nour Haddad-Osman", SECRETARIAT, "member", "Translator", language="ar"
    ),
    DemoPerson(
        "saint_lucia_member", "Marlene Joseph-Charlery", "LC", "member", "Electoral assistant"
    ),
    DemoPerson(
        "tuvalu_member", "Sefo Taulealo-Paka", "TV", "member", "Electoral officer"
    ),
    DemoPerson(
        "solomon_member", "Doreen Maelanga-Fox", "SB", "member", "Field operations officer"
    ),
    DemoPerson("samoa_member", "Tavita Leota-Fonoti", "WS", "member", "Enrolment clerk"),
    DemoPerson(
        "maldives_focal", "Aishath Rasheed-Manik", "MV", "focal_point", "Logistics manager"
    ),
    DemoPerson("india_member", "Raghav Menon-Deshmukh", "IN", "member", "Training coordinator"),
    DemoPerson(
        "nigeria_member", "Ifeoma Adeyinka-Udo", "NG", "member", "Voter education officer"
    ),
    DemoPerson(
        "tanzania_member", "Rehema Kisanga-Mollel", "TZ", "member", "Logistics officer"
    ),
    DemoPerson(
        "rwanda_member", "Espérance Uwimbabazi-Keza", "RW", "member", "Formatrice",
        language="fr",
    ),
    DemoPerson(
        "vanuatu_member", "Jean-Marc Tabisari", "VU", "member", "Chargé de l’inscription",
        language="fr",
    ),
    DemoPerson(
        "canada_member", "Mathilde Beaulieu-Roy", "CA", "member", "Conseillère",
        language="fr",
    ),
)  # fmt: skip
PARTICIPANTS: Final = (
    DemoPerson(
        "alumna", "Naledi Mokgosi", "BW", "member", "Training officer", mailbox="p01@example.org"
    ),
    DemoPerson(
        "absentee", "Kagiso Tau", "BW", "member", "Logistics officer", mailbox="p02@example.org"
    ),
    DemoPerson(
        "french_alumna", "Aïssatou Ngono", "CM", "member", "Formatrice", language="fr",
        mailbox="p05@example.org",
    ),
)  # fmt: skip
"""Three of a workshop's list who join the network later: one of them attended nothing."""
GUEST: Final = DemoPerson("guest", "Pascoe Trelawney-Quist", "", "guest", "")
"""Somebody of no organisation, whom the chair of a group lets see that group."""
WITH_SECOND_FACTOR: Final = "approver"
FICTIONAL: Final = "fictional"


def load(world: World) -> None:
    """Import the members, let everybody accept an invitation, give one a second factor."""
    _open_administrator(world)
    with world.acting(ADMINISTRATOR.key) as actor:
        load_members(actor)
    for person in PEOPLE:
        admit(world, person)


def admit(world: World, person: DemoPerson) -> None:
    """Let somebody be invited and accept: whoever an organiser knew by her address stays that person."""
    with world.acting(person.invited_by) as actor:
        invitation = invitations.invite(
            actor,
            _place(person.place),
            name=person.name,
            address=person.address,
            role=person.role,
            job_title=_title(person),
        )
        account = db.session.get_one(Account, (world.tenant_id, invitation.account_id))
        accept(world, person, account, invitation)
    if person.language != NETWORK_LANGUAGE:
        with world.acting(person.key) as actor:
            profile.change_preferences(actor, language=person.language)


def accept(world: World, person: DemoPerson, account: Account, invitation: Invitation) -> None:
    """Follow an invitation's link. Only the mail knows the link, so it gets a new one."""
    secret = secrets.token_urlsafe(32)
    invitation.digest = digest(secret)
    db.session.flush()
    token = links.sign(Purpose.INVITATION, account, INVITATION_LIFE, value=secret)
    accepting.accept(token, name=person.name, password=PASSWORD)
    world.people[person.key] = account.person_id


def enrol_second_factor(world: World) -> str:
    """Let one of the people set up two-step sign-in; returns the secret of her app."""
    with world.acting(WITH_SECOND_FACTOR) as actor:
        second_factor.start(actor, PASSWORD)
        secret = second_factor.pending(actor).secret
        second_factor.confirm(actor, pyotp.TOTP(secret).at(clock.now()))
    return secret


def language_of(key: str) -> str:
    """The language somebody writes in."""
    return next(person.language for person in (ADMINISTRATOR, *PEOPLE) if person.key == key)


def sign_ins() -> dict[str, DemoPerson]:
    """Somebody for every role, by the role's name, and who else has something to show."""
    found = {ADMINISTRATOR.role: ADMINISTRATOR}
    for person in (*PEOPLE, GUEST):
        found.setdefault(person.role, person)
    alumna, absentee, french_alumna = PARTICIPANTS
    return found | {ALUMNUS: alumna, "absentee": absentee, "alumna in French": french_alumna}


def _open_administrator(world: World) -> None:
    """The network was made with her account; the operator's invitation is all she needs."""
    with world.inside():
        account = db.session.scalars(select(Account)).one()
        invitation = Invitation(
            account_id=account.id,
            organisation_id=_place(SECRETARIAT),
            name=ADMINISTRATOR.name,
            address=ADMINISTRATOR.address,
            role=ADMINISTRATOR.role,
            job_title=_title(ADMINISTRATOR),
            digest=b"",
            invited_by=None,
            expires_at=clock.now() + INVITATION_LIFE,
        )
        db.session.add(invitation)
        accept(world, ADMINISTRATOR, account, invitation)


def _title(person: DemoPerson) -> str:
    return f"{person.title} ({FICTIONAL})"


def _place(place: str) -> UUID:
    found = select(Organisation.id)
    if place == SECRETARIAT:
        return db.session.scalars(found.where(Organisation.kind == SECRETARIAT)).one()
    return db.session.scalars(found.where(Organisation.country == place)).one()
