"""Handing out a document made for this request."""

from typing import Final

from flask import Response

from kernel.files.names import content_disposition

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
PDF: Final = "application/pdf"
ICS: Final = "text/calendar; charset=utf-8"
VCF: Final = "text/vcard; charset=utf-8"


def attachment(content: bytes, name: str, content_type: str) -> Response:
    """A file to save under a name, kept by no cache: it shows what this person may see now."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
