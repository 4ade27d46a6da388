"""Which language a page speaks: person → choice made before sign-in → what the browser asks → network."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from gettext import NullTranslations
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale, get_timezone, get_translations, refresh

from kernel.errors import INFLECTED
from kernel.values.languages import direction_of, locale_of
from kernel.web.visitors import Addressee, addressee, current_network_time_zone

NAMES = {"en": "English", "fr": "Français", "ar": "العربية"}
COOKIE = "language"


@dataclass(frozen=True)
class Reader:
    """How somebody reads: catalogue, locale (as Babel names it) and time zone."""

    catalogue: NullTranslations
    locale: str
    zone: tzinfo


# Flask-Babel looks all three up for every message and number; a page looks them up once, and a
# process looks each catalogue up once.
_catalogues: dict[str, NullTranslations] = {}
_reader: ContextVar[Reader | None] = ContextVar("comitia_reader", default=None)


def reader() -> Reader:
    """The reader of the page being drawn, or of the letter being written."""
    return _reader.get() or _read()


def _read() -> Reader:
    locale = str(get_locale() or "en_GB")
    catalogue = _catalogues.get(locale)
    if catalogue is None:
        catalogue = _catalogues[locale] = get_translations()
    return Reader(catalogue, locale, get_timezone())


class _Catalogues(dict[tuple[str, str], Translations]):
    """The catalogues as they are loaded: what has a context is found by `gettext` in each of them."""

    def __setitem__(self, name: tuple[str, str], catalogue: Translations) -> None:
        for key, text in INFLECTED.items():
            catalogue._catalog.setdefault(key, catalogue.gettext(text))
        super().__setitem__(name, catalogue)


@contextmanager
def one_reader() -> Iterator[None]:
    """Hold on to the reader while a template is drawn."""
    token = _reader.set(reader())
    try:
        yield
    finally:
        _reader.reset(token)


def _gettext(text: str) -> str:
    return reader().catalogue.gettext(text)


def _pgettext(context: str, text: str) -> str:
    return reader().catalogue.pgettext(context, text)


def _ngettext(one: str, many: str, count: int) -> str:
    return reader().catalogue.ngettext(one, many, count)


def init_languages(app: Flask) -> None:
    """Let Flask-Babel choose per request."""
    babel = Babel(app, locale_selector=_locale, timezone_selector=current_network_time_zone)
    babel.domain_instance = Domain()
    babel.domain_instance.cache = _Catalogues()
    app.after_request(_remember_choice)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True, pgettext=_pgettext
    )


def offered() -> tuple[str, ...]:
    """The languages of the network at hand; all of them where there is none."""
    network = g.get("network")
    return tuple(code for code in network.languages if code in NAMES) if network else tuple(NAMES)


def language() -> str:
    """The language of this page, as an ISO 639-1 code."""
    locale = get_locale()
    return locale.language if locale else "en"


def address_to(person: Addressee) -> None:
    """Write the rest of this page to somebody who opened it by a secret link in a mail to her."""
    g.addressee = person
    refresh()


def to_choose_from() -> tuple[str, ...]:
    """The languages a page offers; none where it is written to somebody who has chosen hers."""
    person: Addressee | None = g.get("addressee")
    return () if person is not None and person.language else offered()


def translated(labels: Mapping[Any, str]) -> dict[str, str]:
    """Labels in the language of the page, each by the word it stands for."""
    return {str(word): _gettext(label) for word, label in labels.items()}


def direction() -> str:
    """The way the language of the page runs: `rtl` or `ltr`."""
    return direction_of(language())


def _locale() -> Locale:
    if not has_request_context():
        return _named("en")  # a job or a command; letters force their reader's language
    choices = offered() or ("en",)
    person = addressee()
    wanted = [
        person.language if person else None,
        request.args.get(COOKIE),
        request.cookies.get(COOKIE),
    ]
    for code in wanted:
        if code in choices:
            return _named(code)
    return _named(request.accept_languages.best_match(choices) or choices[0])


@cache
def _named(code: str) -> Locale:
    return Locale.parse(locale_of(code))


def _remember_choice(response: Response) -> Response:
    """Before sign-in a language is chosen by a link, `?language=fr`, and kept for a year."""
    code = request.args.get(COOKIE)
    if code in offered() and code != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE,
            code,
            max_age=365 * 24 * 3600,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response
