"""A certificate as a PDF: one accessible page in the language of its holder, with a code and its QR."""

from pathlib import Path
from typing import Any, Final

import segno
from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import force_locale, gettext

from kernel.documents.pdf import Letterhead, compile_template
from kernel.values.countries import country_name
from kernel.values.languages import RIGHT_TO_LEFT, locale_of
from kernel.values.partial_dates import in_words
from training.certificates.snapshot import Signed

TEMPLATE: Final = Path(__file__).parent / "typst" / "certificate.typ"

LANGUAGES: Final = ("en", "fr", "ar")
"""The languages a certificate can be in."""


# Any of the eight masks makes a valid symbol (ISO/IEC 18004); trying all of them takes as long as the page.
_MASK: Final = 3


def draw(signed: Signed, brand: str) -> bytes:
    """Typeset a certificate as PDF/UA-1; `brand` is the network's colour as `#rrggbb`."""
    with force_locale(locale_of(signed.language)):
        title = gettext("Certificate of attendance")
        return compile_template(
            TEMPLATE,
            words(signed),
            title=f"{title} – {signed.name}",
            letterhead=Letterhead(network=signed.organiser, brand=brand),
            lang=signed.language,
        )


def words(signed: Signed) -> dict[str, Any]:
    """Every text on the page and the picture, in the language in force."""
    return {
        "heading": gettext("Certificate of attendance"),
        "opening": gettext("This certificate is awarded to"),
        "name": signed.name,
        "bridge": gettext("for attending the workshop"),
        "workshop": signed.workshop,
        "facts": facts(signed),
        "organiser": signed.organiser,
        "issued_by_label": gettext("Issued by"),
        "issued_on": format_date(signed.issued_on, "long", locale=locale_of(signed.language)),
        "code_label": gettext("Certificate code"),
        "code": signed.printed_code,
        "verify_label": gettext("Anybody can verify this certificate at"),
        "verify_url": signed.verify_url,
        "verify_shown": signed.verify_url.partition("://")[2],
        "qr": qr(signed.verify_url),
        "qr_alt": gettext(
            "QR code of the address where this certificate can be verified: %(address)s",
            address=signed.verify_url,
        ),
    }


def facts(signed: Signed) -> list[tuple[str, str]]:
    """Names and values: what, where, when, and the minutes."""
    locale = locale_of(signed.language)
    place = gettext(
        "%(city)s, %(country)s",
        city=_isolated(signed.city, signed.language),
        country=country_name(signed.country, signed.language),
    )
    minutes = gettext(
        "%(attended)s of %(scheduled)s minutes",
        attended=format_decimal(signed.attended, locale=locale),
        scheduled=format_decimal(signed.scheduled, locale=locale),
    )
    return [
        (gettext("Programme"), signed.programme),
        (gettext("Place"), place),
        (gettext("Date"), in_words(signed.held, locale)),
        (gettext("Attendance"), minutes),
    ]


def _isolated(text: str, language: str) -> str:
    """A name inside a text that runs from right to left keeps its own direction (Unicode UAX 9)."""
    return f"\u2068{text}\u2069" if language in RIGHT_TO_LEFT else text


def qr(address: str) -> str:
    """An address as a QR symbol drawn in SVG: vectors that print sharp at any size."""
    symbol = segno.make(address, error="m", micro=False, mask=_MASK, boost_error=False)
    return str(symbol.svg_inline(border=2, light="#fff"))
