"""A file of members: which columns are which, and whether every row can be used."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext

from kernel import fields
from kernel.documents.importing import (
    Report,
    RowError,
    check_rows,
    guess_mapping,
    merge_repeats,
)
from kernel.documents.tables import Table
from kernel.errors import N_
from network.members.facts import MemberFacts

COLUMN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "country": (
        "country code", "code", "iso", "iso 3166", "iso 3166-1", "iso code", "iso2", "alpha-2",
        "code pays", "code du pays", "رمز البلد",
    ),
    "name": (
        "emb name", "emb", "election management body", "organisation", "organization", "body",
        "nom", "nom de l'oge", "organe de gestion des élections", "هيئة إدارة الانتخابات", "الاسم",
    ),
    "region": ("région", "المنطقة"),
    "joined_year": (
        "joined", "year of joining", "year joined", "member since", "année d'adhésion",
        "membre depuis", "سنة الانضمام",
    ),
    "permanent": ("permanent body", "permanente", "دائمة"),
    "micro_state": ("small state", "microstate", "micro-état", "petit état", "دولة صغيرة"),
    "languages": ("working languages", "language", "langues", "langues de travail", "لغات العمل"),
}  # fmt: skip
"""Headings under which each field of a member is recognised."""


class MemberRow(MemberFacts):
    """A row of an import."""

    country = fields.Country(label=N_("Country code"), required=True)
    name = fields.Text(label=N_("Name of the election management body"))

    class Meta(fields.Schema.Meta):
        """The order in which columns are matched and shown."""

        fields = (
            "country",
            "name",
            "region",
            "joined_year",
            "permanent",
            "micro_state",
            "languages",
        )


def guess_columns(table: Table) -> dict[str, int]:
    """Recognise the columns of a file by their headings."""
    return guess_mapping(table.headers, COLUMN_NAMES)


def check_members(table: Table, mapping: Mapping[str, int]) -> Report:
    """Check every row of a file; a country that appears twice must say the same both times."""
    if "country" not in mapping:
        reason = gettext("No column holds the country code. Choose the one that does.")
        return Report((), (RowError(1, "", "", reason),))
    report = check_rows(table, mapping, MemberRow())
    if not report.rows and not report.errors:
        reason = gettext("The file has headings and no rows. Upload a file with members.")
        return Report((), (RowError(1, "", "", reason),))
    column = table.headers[mapping["country"]]
    return merge_repeats(report, lambda data: data["country"], column=column)
