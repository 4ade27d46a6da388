"""Headers every answer carries."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer says, page, file or failure, unless its view says it otherwise."""


def init_headers(app: Flask) -> None:
    """Add the security headers, and keep pages of signed-in people out of shared caches."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    already = set(headers.keys(lower=True))
    for name, value in ALWAYS.items():
        if name.lower() not in already:
            headers.add(name, value)
    headers.setdefault("Cache-Control", "no-store" if request.cookies else "no-cache")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if response.mimetype == "text/html":
        headers.add("Vary", "HX-Request, Cookie")
    return response
