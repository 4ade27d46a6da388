"""Who plays in the demo: people who are all invented, and the places they come from.

Plain data, so that whoever only prints the names need not import the product.
"""

from dataclasses import dataclass
from typing import Final

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


def language_of(key: str) -> str:
    """The language somebody writes in."""
    return next(person.language for person in (ADMINISTRATOR, *PEOPLE) if person.key == key)


def sign_ins() -> dict[str, DemoPerson]:
    """Somebody for every role, by the role's name, and who else has something to show."""
    found = {ADMINISTRATOR.role: ADMINISTRATOR}
    for person in (*PEOPLE, GUEST):
        found.setdefault(person.role, person)
    alumna, absentee, french_alumna = PARTICIPANTS
    return found | {"alumnus": alumna, "absentee": absentee, "alumna in French": french_alumna}
