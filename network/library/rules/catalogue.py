"""The words an item is filed under. They are lists, so that a filter finds everything of a kind."""

from enum import StrEnum

from kernel.errors import N_, P_


class Subject(StrEnum):
    """What an item is about: the topic areas of the ACE Encyclopaedia (aceproject.org)."""

    LEGAL_FRAMEWORK = "legal_framework"
    ELECTORAL_SYSTEMS = "electoral_systems"
    ELECTORAL_MANAGEMENT = "electoral_management"
    BOUNDARY_DELIMITATION = "boundary_delimitation"
    CIVIC_EDUCATION = "civic_education"
    VOTER_REGISTRATION = "voter_registration"
    PARTIES_AND_CANDIDATES = "parties_and_candidates"
    VOTING_OPERATIONS = "voting_operations"
    VOTING_FROM_ABROAD = "voting_from_abroad"
    VOTE_COUNTING = "vote_counting"
    TECHNOLOGY = "technology"
    MEDIA = "media"
    INTEGRITY = "integrity"
    SECURITY = "security"
    DISPUTES = "disputes"
    GENDER = "gender"
    DISABILITY = "disability"
    YOUTH = "youth"
    INDIGENOUS_PEOPLES = "indigenous_peoples"
    DIRECT_DEMOCRACY = "direct_democracy"
    COSTS = "costs"
    ASSISTANCE = "assistance"


SUBJECT = P_("library", "Subject")
SUBJECT_LABELS = {
    Subject.LEGAL_FRAMEWORK: N_("Legal framework"),
    Subject.ELECTORAL_SYSTEMS: N_("Electoral systems"),
    Subject.ELECTORAL_MANAGEMENT: N_("Electoral management"),
    Subject.BOUNDARY_DELIMITATION: N_("Boundary delimitation"),
    Subject.CIVIC_EDUCATION: N_("Civic and voter education"),
    Subject.VOTER_REGISTRATION: N_("Voter registration"),
    Subject.PARTIES_AND_CANDIDATES: N_("Parties and candidates"),
    Subject.VOTING_OPERATIONS: N_("Voting operations"),
    Subject.VOTING_FROM_ABROAD: N_("Voting from abroad"),
    Subject.VOTE_COUNTING: N_("Vote counting"),
    Subject.TECHNOLOGY: N_("Elections and technology"),
    Subject.MEDIA: N_("Media and elections"),
    Subject.INTEGRITY: N_("Electoral integrity"),
    Subject.SECURITY: N_("Electoral security"),
    Subject.DISPUTES: N_("Electoral disputes"),
    Subject.GENDER: N_("Gender and elections"),
    Subject.DISABILITY: N_("Disability and elections"),
    Subject.YOUTH: N_("Youth and elections"),
    Subject.INDIGENOUS_PEOPLES: N_("Indigenous peoples and elections"),
    Subject.DIRECT_DEMOCRACY: N_("Referendums and direct democracy"),
    Subject.COSTS: N_("Electoral costs"),
    Subject.ASSISTANCE: N_("Electoral assistance"),
}


class Phase(StrEnum):
    """When in an election an item is needed.

    The eight phases of the electoral cycle as International IDEA and the European Commission draw it
    (International IDEA, “Electoral Management Design”, revised edition, 2014), in its order.
    """

    LEGAL_FRAMEWORK = "legal_framework"
    PLANNING = "planning"
    TRAINING = "training"
    REGISTRATION = "registration"
    CAMPAIGN = "campaign"
    VOTING = "voting"
    RESULTS = "results"
    POST_ELECTION = "post_election"


PHASE_LABELS = {
    Phase.LEGAL_FRAMEWORK: N_("1. Legal framework"),
    Phase.PLANNING: N_("2. Planning and implementation"),
    Phase.TRAINING: N_("3. Training and education"),
    Phase.REGISTRATION: N_("4. Registration and nominations"),
    Phase.CAMPAIGN: N_("5. Electoral campaign"),
    Phase.VOTING: N_("6. Voting operations and election day"),
    Phase.RESULTS: N_("7. Verification of results"),
    Phase.POST_ELECTION: N_("8. Post-election review"),
}


class Licence(StrEnum):
    """What others may do with an item, by its SPDX identifier; `LicenseRef-` where SPDX has none."""

    CC_BY = "CC-BY-4.0"
    CC_BY_SA = "CC-BY-SA-4.0"
    CC_BY_NC = "CC-BY-NC-4.0"
    PUBLIC_DOMAIN = "LicenseRef-public-domain"
    BY_PERMISSION = "LicenseRef-by-permission"


LICENCE_LABELS = {
    Licence.CC_BY: N_("CC BY: use it and change it, name the author"),
    Licence.CC_BY_SA: N_("CC BY-SA: as CC BY, and share what you make of it alike"),
    Licence.CC_BY_NC: N_("CC BY-NC: as CC BY, for no commercial purpose"),
    Licence.PUBLIC_DOMAIN: N_("Public domain: no rights are kept"),
    Licence.BY_PERMISSION: N_("All rights reserved: shown here with permission"),
}


class ItemVisibility(StrEnum):
    """Who may see an item once a version of it is published."""

    NETWORK = "network"
    GROUP = "group"
    ORGANISATION = "organisation"


VISIBILITY_LABELS = {
    ItemVisibility.NETWORK: N_("Everybody in the network"),
    ItemVisibility.GROUP: N_("Who reads one group"),
    ItemVisibility.ORGANISATION: N_("Only people of the owner’s organisation"),
}


class Format(StrEnum):
    """What kind of file a rendition is."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    ODS = "ods"
    PPTX = "pptx"
    ODP = "odp"
    TEXT = "txt"
    MARKDOWN = "md"
    CSV = "csv"
    PNG = "png"
    JPEG = "jpeg"
    MP3 = "mp3"
    MP4 = "mp4"


FORMAT_LABELS = {
    Format.PDF: N_("PDF"),
    Format.DOCX: N_("Word (DOCX)"),
    Format.ODT: N_("OpenDocument text (ODT)"),
    Format.XLSX: N_("Excel (XLSX)"),
    Format.ODS: N_("OpenDocument spreadsheet (ODS)"),
    Format.PPTX: N_("PowerPoint (PPTX)"),
    Format.ODP: N_("OpenDocument presentation (ODP)"),
    Format.TEXT: N_("Plain text (TXT)"),
    Format.MARKDOWN: N_("Markdown (MD)"),
    Format.CSV: N_("Table (CSV)"),
    Format.PNG: N_("Picture (PNG)"),
    Format.JPEG: N_("Picture (JPEG)"),
    Format.MP3: N_("Sound (MP3)"),
    Format.MP4: N_("Film (MP4)"),
}

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_FORMATS = {
    "application/pdf": Format.PDF,
    f"{_OPEN_XML}wordprocessingml.document": Format.DOCX,
    f"{_OPEN_DOCUMENT}text": Format.ODT,
    f"{_OPEN_XML}spreadsheetml.sheet": Format.XLSX,
    f"{_OPEN_DOCUMENT}spreadsheet": Format.ODS,
    f"{_OPEN_XML}presentationml.presentation": Format.PPTX,
    f"{_OPEN_DOCUMENT}presentation": Format.ODP,
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
    "text/csv": Format.CSV,
    "image/png": Format.PNG,
    "image/jpeg": Format.JPEG,
    "audio/mpeg": Format.MP3,
    "video/mp4": Format.MP4,
}

WITH_TEXT = frozenset({Format.PDF, Format.DOCX, Format.ODT, Format.TEXT, Format.MARKDOWN})
"""Formats whose words are read, so that search finds what is inside."""


def format_of(media_type: str) -> Format | None:
    """The format of a file by what it was found to be, not by what it is called; None for no format."""
    return _FORMATS.get(media_type)
