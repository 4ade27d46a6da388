"""The menu, filled by modules when they start, and shown as far as the visitor's permissions reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from uuid import UUID

from flask import Flask, current_app, request, url_for
from flask_babel import gettext

from kernel.db import current_scope
from kernel.web.languages import reader
from kernel.web.routes import PUBLIC, exists_here, permission_of
from kernel.web.visitors import actor_or_none


@dataclass(frozen=True)
class Item:
    """One entry: an English label marked with `N_`, the endpoint it opens, and a line about it."""

    label: str
    endpoint: str
    order: int = 50
    about: str = ""


@dataclass(frozen=True)
class Link:
    """An entry as templates draw it."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    about: str = ""


@dataclass(frozen=True)
class LinkGroup:
    """Entries of the sidebar under a heading, which may be empty."""

    label: str
    items: Sequence[Link]


@dataclass
class Section:
    """A tab of the top bar with its sidebar."""

    key: str
    label: str
    order: int
    items: list[Item] = field(default_factory=list)
    groups: list[Callable[[], LinkGroup]] = field(default_factory=list)


@dataclass(frozen=True)
class _Glance:
    """All that decides what of the menu a page shows, the visitor's own groups apart."""

    locale: str
    permissions: frozenset[str] | None
    modules: frozenset[str] | None
    section: str | None
    blueprint: str | None


_SOMEBODY: Final = str(UUID(int=0))
"""Stands in an address where the id of a person will."""


@dataclass(frozen=True)
class _Shown:
    """The tabs, the entries of the sidebar, and the address of the page about `_SOMEBODY`."""

    sections: Sequence[Link]
    side: Sequence[Link]
    person: str


class Menu:
    """Sections by key. What a page shows of them is worked out once for each `_Glance`."""

    def __init__(self) -> None:
        self._sections: dict[str, Section] = {}
        self._addresses: dict[str, str] = {}
        self._own: list[Item] = []
        self._doors: list[Item] = []
        self._person: tuple[str, str] | None = None
        self._shown = lru_cache(maxsize=2048)(self._draw)

    def section(self, key: str, label: str, order: int) -> None:
        """Add a tab."""
        self._sections[key] = Section(key, label, order)

    def add(
        self, section: str, label: str, endpoint: str, order: int = 50, about: str = ""
    ) -> None:
        """Add an entry to a tab's sidebar; it shows to whoever may open its endpoint.

        `about` tells on the home page, in a sentence marked with `N_`, what one does there.
        """
        items = self._sections[section].items
        items.append(Item(label, endpoint, order, about))
        items.sort(key=lambda item: item.order)

    def add_own(self, label: str, endpoint: str, about: str) -> None:
        """Add an entry to the page of one's own account, with a sentence about it."""
        self._own.append(Item(label, endpoint, about=about))

    def own(self) -> list[Link]:
        """What this visitor may open from the page of her account."""
        return self._offered(self._own)

    def add_door(self, label: str, endpoint: str, about: str) -> None:
        """Add a page for people without an account to the sign-in page, with a sentence who it is for."""
        self._doors.append(Item(label, endpoint, about=about))

    def doors(self) -> list[Link]:
        """What people without an account may open in this network."""
        return self._offered(self._doors)

    def set_person(self, endpoint: str, argument: str) -> None:
        """Name the page about a person: whoever may open it finds her own in the account menu."""
        self._person = (endpoint, argument)

    def person(self, person_id: UUID) -> str:
        """The address of the page about a person; empty for who may not open it."""
        return self._shown(_glance()).person.replace(_SOMEBODY, str(person_id))

    def label_of(self, section: str) -> str:
        """What a tab is called, in the reader's language."""
        return str(gettext(self._sections[section].label))

    def add_group(self, section: str, group: Callable[[], LinkGroup]) -> None:
        """Add entries that are worked out per visitor, for example her groups."""
        self._sections[section].groups.append(group)

    def section_of(self, endpoint: str) -> str | None:
        """The tab an endpoint has an entry under."""
        keys = (
            s.key for s in self._sections.values() if any(i.endpoint == endpoint for i in s.items)
        )
        return next(keys, None)

    def address(self, item: Item) -> str:
        """Where an entry leads; entries have no parameters, so the router is asked once for each."""
        if item.endpoint not in self._addresses:
            self._addresses[item.endpoint] = url_for(item.endpoint)
        return self._addresses[item.endpoint]

    def sections(self) -> Sequence[Link]:
        """The tabs this visitor may open, each leading to its first entry she may open."""
        return self._shown(_glance()).sections

    def overview(self) -> list[LinkGroup]:
        """Every entry this visitor may open, by section, and her own groups; for the home page."""
        groups = []
        for section in sorted(self._sections.values(), key=lambda s: s.order):
            items = [_link(item) for item in section.items if may_open(item.endpoint)]
            own = [group() for group in section.groups] if items else []
            groups += [LinkGroup(gettext(section.label), items), *own]
        return [group for group in groups if group.items]

    def side(self) -> list[LinkGroup]:
        """The sidebar of the section the current page belongs to."""
        glance = _glance()
        section = self._sections.get(glance.section or "")
        if section is None:
            return []
        return [
            LinkGroup("", self._shown(glance).side),
            *(group() for group in section.groups),
        ]

    def _offered(self, items: Sequence[Item]) -> list[Link]:
        return [
            Link(gettext(item.label), self.address(item), about=gettext(item.about))
            for item in items
            if may_open(item.endpoint)
        ]

    def _draw(self, glance: _Glance) -> _Shown:
        sections: list[Link] = []
        side: list[Link] = []
        for section in sorted(self._sections.values(), key=lambda s: s.order):
            items = [item for item in section.items if may_open(item.endpoint)]
            current = section.key == glance.section
            if items:
                sections.append(Link(gettext(section.label), self.address(items[0]), current))
            if current:
                side = [_link(item) for item in items]
        return _Shown(sections, side, self._page_of_somebody())

    def _page_of_somebody(self) -> str:
        if self._person is None or not may_open(self._person[0]):
            return ""
        endpoint, argument = self._person
        return url_for(endpoint, **{argument: _SOMEBODY})  # type: ignore[arg-type]


def menu() -> Menu:
    """The application's menu."""
    found: Menu = current_app.extensions["comitia_menu"]
    return found


def init_menu(app: Flask) -> Menu:
    """Give the application an empty menu."""
    made = app.extensions["comitia_menu"] = Menu()
    return made


def current_section() -> str | None:
    """The section of the page being drawn: its blueprint's, else that of the entry it opens.

    None where the module is switched off: the page drawn is that of an unknown address.
    """
    if not exists_here(request.blueprint):
        return None
    blueprint = current_app.blueprints.get(request.blueprint or "")
    section: str | None = getattr(blueprint, "section", None)
    return section or menu().section_of(request.endpoint or "")


def _glance() -> _Glance:
    actor, scope = actor_or_none(), current_scope()
    return _Glance(
        reader().locale,
        actor.permissions if actor else None,
        scope.modules if scope else None,
        current_section(),
        request.blueprint,
    )


def may_open(endpoint: str) -> bool:
    """Whether the visitor holds what an endpoint asks for, and the network has switched it on."""
    if not exists_here(endpoint.rpartition(".")[0]):
        return False
    permission = permission_of(current_app, endpoint)
    if permission == PUBLIC:
        return True
    actor = actor_or_none()
    return actor is not None and actor.can(permission or "")


def _link(item: Item) -> Link:
    blueprint = item.endpoint.rpartition(".")[0]
    current = (request.endpoint or "").rpartition(".")[0] == blueprint
    about = gettext(item.about) if item.about else ""
    return Link(gettext(item.label), menu().address(item), current, about=about)
