"""Configuration, from the environment alone."""

import os
from collections.abc import Mapping
from typing import Any


def from_environment(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration as the operator's environment describes it.

    COMITIA_KEYS is a comma-separated list of secrets, newest first: the first signs and encrypts, all
    verify and decrypt, so that keys can be rotated. Raises RuntimeError where a needed value is missing.
    """
    keys = [key for key in environ.get("COMITIA_KEYS", "").split(",") if key]
    if not keys:
        raise RuntimeError("COMITIA_KEYS is empty: set at least one secret of 32 random characters")
    url = environ.get("DATABASE_URL")
    if not url:
        raise RuntimeError(
            "DATABASE_URL is empty: set it to the database, under the role comitia_app"
        )
    return {
        "KEYS": keys,
        "SECRET_KEY": keys[0],
        "SECRET_KEY_FALLBACKS": keys[1:],
        "SQLALCHEMY_DATABASE_URI": url,
        "DEMO": environ.get("COMITIA_DEMO") == "1",
        "SESSION_COOKIE_SECURE": environ.get("COMITIA_INSECURE_COOKIES") != "1",
        "FILES": environ.get("COMITIA_FILES", "var/files"),
        "MAIL": environ.get("COMITIA_MAIL", "smtp://127.0.0.1:25"),
        "MAIL_FROM": environ.get("COMITIA_MAIL_FROM", ""),
        "MAIL_IN_DOMAIN": _mail_in_domain(environ),
        "MAIL_IN_SECRET": environ.get("COMITIA_MAIL_IN_SECRET", ""),
        "MAIL_IN_AUTHSERV": environ.get("COMITIA_MAIL_IN_AUTHSERV", ""),
        "DEMO_MAIL_PORT": int(environ.get("COMITIA_DEMO_MAIL_PORT", "0")),
        "PUBLIC_URL": environ.get("COMITIA_PUBLIC_URL", "https://{host}"),
        "METRICS_TOKEN": environ.get("COMITIA_METRICS_TOKEN", ""),
        "TRUSTED_PROXIES": int(environ.get("COMITIA_TRUSTED_PROXIES", "0")),
        "REQUIRE_TOTP": environ.get("COMITIA_REQUIRE_TOTP") != "0",
    }


def _mail_in_domain(environ: Mapping[str, str]) -> str:
    pattern = environ.get("COMITIA_MAIL_IN_DOMAIN", "").lower()
    if pattern and pattern.count("{host}") != 1:
        raise RuntimeError(
            "COMITIA_MAIL_IN_DOMAIN must hold {host} once, for example reply.{host}: by it the network"
            " is found that a mail is for"
        )
    return pattern


DEFAULTS: dict[str, Any] = {
    "DEMO": False,
    "REQUIRE_TOTP": True,
    "TRUSTED_PROXIES": 0,
    "TENANT_CACHE_SECONDS": 5,
    "SESSION_HOURS": 12,
    "PUBLIC_URL": "https://{host}",
    "MAIL_FROM": "",
    # Empty: no mail comes in. `{host}` is the network's, as in PUBLIC_URL.
    "MAIL_IN_DOMAIN": "",
    # Empty: mail comes in by SMTP and LMTP alone.
    "MAIL_IN_SECRET": "",
    # Where the demonstration takes mail in, on this machine; 0 elsewhere.
    "DEMO_MAIL_PORT": 0,
    # Empty: the mail server in front of us refuses forged senders itself.
    "MAIL_IN_AUTHSERV": "",
    # Argon2id's passes, memory in KiB and lanes: the minimum of OWASP's Password Storage Cheat Sheet.
    "PASSWORD_COST": (2, 19 * 1024, 1),
    "METRICS_TOKEN": "",
    "SESSION_COOKIE_NAME": "comitia",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
    "MAX_FORM_PARTS": 2000,
    "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 5, "max_overflow": 10},
    "BABEL_TRANSLATION_DIRECTORIES": "translations",
    "WTF_CSRF_TIME_LIMIT": None,
    "WTF_CSRF_CHECK_DEFAULT": False,
    "API_TITLE": "Comitia",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
}
