"""Sending a file to a browser: as a download or a picture we encoded, never to be guessed at or run."""

from flask import Response, request

from kernel.errors import NotFound
from kernel.files.backends import storage
from kernel.files.models import StoredFile
from kernel.files.names import content_disposition
from kernel.files.storage import FileMissing

FILE_POLICY = "default-src 'none'; sandbox"
"""The content security policy of what people sent: nothing in it runs, even where a browser shows it."""


def respond(row: StoredFile) -> Response:
    """Stream a file as an attachment. Whether the visitor may have it, the route has asked before.

    Raises NotFound when its bytes are gone.
    """
    try:
        content = storage().get(row.key)
    except FileMissing:
        raise NotFound from None
    response = Response(content, mimetype=row.media_type)
    response.headers["Content-Disposition"] = content_disposition(row.name)
    response.headers["Content-Length"] = str(row.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def respond_shown(row: StoredFile) -> Response:
    """Stream a picture to be seen within a page; a browser that has it asks again and is not sent it twice.

    Raises NotFound for a file that the service did not encode itself.
    """
    if row.width is None:
        raise NotFound
    response = respond(row)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(row.sha256.hex())
    response.make_conditional(request)
    return response
