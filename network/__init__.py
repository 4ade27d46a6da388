"""Network: the members, what they ask each other and what they know together."""

from uuid import UUID

from flask import Flask, current_app

from kernel.accounts.services.arrivals import on_arrival
from kernel.audit import declare
from kernel.errors import N_
from kernel.identity.permissions import KernelPermission
from kernel.questions.waiting import register_waiting
from kernel.search import SearchKind, register_kind
from kernel.search.people import register_groups
from kernel.values.prose import register_reference
from kernel.web import register
from kernel.web.menu import Menu, menu
from network import permissions, trail
from network.announcements import answers as announcements_answers
from network.announcements import api as announcements_api
from network.announcements import jobs as _announcement_jobs  # noqa: F401 - its jobs must be known
from network.announcements import pages as announcements_pages
from network.announcements.findable import SEARCH_KIND as ANNOUNCEMENT
from network.applications import answers as applications_answers
from network.applications import api as applications_api
from network.applications import jobs as _application_jobs  # noqa: F401 - its jobs must be known
from network.applications import pages as applications_pages
from network.feeds import api as feeds_api
from network.feeds import jobs as _feed_jobs  # noqa: F401 - its jobs must be known
from network.feeds import pages as feeds_pages
from network.groups import answers as groups_answers
from network.groups import api as groups_api
from network.groups import jobs as _group_jobs  # noqa: F401 - its jobs must be known
from network.groups import pages as groups_pages
from network.groups import service as groups
from network.library import answers as library_answers
from network.library import api as library_api
from network.library import jobs as _library_jobs  # noqa: F401 - its jobs must be known
from network.library import pages as library_pages
from network.library.service import SEARCH_KIND as LIBRARY
from network.members import answers as members_answers
from network.members import api as members_api
from network.members import pages as members_pages
from network.members import service as members
from network.moderation import answers as moderation_answers
from network.moderation import api as moderation_api
from network.moderation import incoming as moderation_incoming
from network.moderation import jobs as _moderation_jobs  # noqa: F401 - its jobs must be known
from network.moderation import pages as moderation_pages
from network.packs import api as packs_api
from network.packs import jobs as _pack_jobs  # noqa: F401 - its jobs must be known
from network.packs import pages as packs_pages
from network.people import api as people_api
from network.people import jobs as _people_jobs  # noqa: F401 - its jobs must be known
from network.people import pages as people_pages
from network.people import service as people
from network.replies import incoming
from network.replies import jobs as _reply_jobs  # noqa: F401 - its jobs must be known
from network.side import groups_to_search, my_groups
from network.subscriptions import api as subscriptions_api
from network.subscriptions import jobs as _subscription_jobs  # noqa: F401 - its jobs must be known
from network.subscriptions import pages as subscriptions_pages
from network.topics import answers as topics_answers
from network.topics import api as topics_api
from network.topics import jobs as _jobs  # noqa: F401 - its jobs must be known
from network.topics import pages as topics_pages
from network.topics.service import SEARCH_KIND as TOPIC
from network.writing import api as writing_api
from network.writing import jobs as _writing_jobs  # noqa: F401 - its jobs must be known
from network.writing import pages as writing_pages

SECTION = "network"


def _page_of_person(person_id: UUID) -> str:
    """Works without a request too: what was written is also drawn by jobs."""
    pages = current_app.url_map.bind("")
    return str(pages.build("people.person", {"person_id": person_id}))


def init_module(app: Flask) -> None:
    """Give the application the module's permissions, pages, APIs and menu."""
    permissions.register()
    incoming.register()
    moderation_incoming.register()
    declare(trail.ACTIONS, trail.OBJECTS)
    register_reference("person", _page_of_person)
    register_groups(groups_to_search)
    on_arrival(permissions.GUEST.name, groups.guest_came)
    _open_doors(app)
    for answers in (
        groups_answers,
        announcements_answers,
        topics_answers,
        moderation_answers,
        library_answers,
        members_answers,
        applications_answers,
    ):
        register_waiting(answers.waiting, module=SECTION)
    for kind in SEARCH_KINDS:
        register_kind(kind)
    with app.app_context():
        _fill_menu(menu())


def _open_doors(app: Flask) -> None:
    register(app, groups_pages.pages, groups_api.api, members_pages.pages, members_api.api)
    register(app, applications_pages.pages, applications_pages.apply_pages)
    register(app, applications_api.api, applications_api.apply_api)
    register(app, topics_pages.pages, topics_api.api)
    register(app, writing_pages.pages, writing_api.api)
    register(app, moderation_pages.pages, moderation_api.api)
    register(app, people_pages.pages, people_api.api)
    register(app, subscriptions_pages.pages, subscriptions_api.api)
    register(app, feeds_pages.pages, feeds_api.api)
    register(app, announcements_pages.pages, announcements_api.api)
    register(app, library_pages.pages, library_api.api, packs_pages.pages, packs_api.api)


SEARCH_KINDS = (
    SearchKind(
        TOPIC,
        N_("Discussions"),
        "topics.post",
        "post_id",
        permissions.NetworkPermission.TOPICS_SEE,
        opens_itself=True,
    ),
    SearchKind(
        LIBRARY,
        N_("Library"),
        "library.item",
        "item_id",
        permissions.NetworkPermission.LIBRARY_SEE,
    ),
    SearchKind(
        members.KIND,
        N_("Members"),
        "members.member",
        "organisation_id",
        KernelPermission.MEMBERS_SEE,
    ),
    SearchKind(
        people.PERSON, N_("People"), "people.person", "person_id", KernelPermission.MEMBERS_SEE
    ),
    SearchKind(
        ANNOUNCEMENT,
        N_("Announcements"),
        "announcements.announcement",
        "announcement_id",
        permissions.NetworkPermission.ANNOUNCEMENTS_SEE,
    ),
)
"""What can be found, in the order it is offered."""
MENU = (
    (N_("Discussions"), "topics.index", 10, N_("Ask colleagues, share what works, and answer.")),
    (N_("Drafts"), "writing.drafts", 15, N_("What you began to write and have not posted.")),
    (
        N_("Groups"),
        "groups.index",
        20,
        N_("Committees and working groups: who is in them, and how to join."),
    ),
    (
        N_("Announcements"),
        "announcements.index",
        30,
        N_("What the secretariat and chairs of groups tell everybody concerned."),
    ),
    (
        N_("Library"),
        "library.index",
        40,
        N_("Manuals, checklists and forms that others can use, in versions that stay."),
    ),
    (
        N_("Members"),
        "members.index",
        70,
        N_("Every election management body, on a map and in a list."),
    ),
    (
        N_("People"),
        "people.index",
        75,
        N_("Find colleagues by organisation, function, language and expertise."),
    ),
)
"""The sidebar: label, page, place, and what one does there."""


def _fill_menu(menu: Menu) -> None:
    for label, endpoint, order, about in MENU:
        menu.add(SECTION, label, endpoint, order=order, about=about)
    menu.add_group(SECTION, my_groups)
    menu.add(
        "admin",
        N_("First posts"),
        "moderation.settings",
        order=40,
        about=N_("Decide whether the first posts of new members wait for a moderator."),
    )
    menu.set_person("people.person", "person_id")
    menu.add_door(
        N_("Apply for membership"),
        "membership_apply.apply",
        about=N_("Does your organisation want to join the network?"),
    )
    menu.add_own(
        N_("Mail from this network"),
        "subscriptions.index",
        about=N_("How much of each group comes to you by mail, and when it may."),
    )
    menu.add_own(
        N_("Feeds"), "feeds.index", about=N_("What is new in your groups, in a feed reader.")
    )
