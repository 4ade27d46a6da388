"""Pages of announcements."""

from typing import Any, Final
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.tenancy.queries import current_tenant
from kernel.values.countries import country_name
from kernel.values.paging import pages_of
from kernel.web import PUBLIC, Form, Pages, actor, posted_version, render, see_other
from kernel.web.formats import organisation_name
from kernel.web.languages import address_to, language, translated
from kernel.web.menu import Link
from kernel.web.regions import region_name
from network.announcements import access, queries, rules, schemas, service
from network.announcements.rules import FUNCTION_LABELS, MATCH_LABELS, STATE_LABELS, State
from network.groups import queries as groups
from network.permissions import NetworkPermission
from network.topics.service import Via

SEE: Final = NetworkPermission.ANNOUNCEMENTS_SEE
pages = Pages(
    "announcements",
    "network.announcements",
    url_prefix="/network/announcements",
    section="network",
    known_to=SEE,
)


@pages.page("", permission=SEE)
def index() -> ResponseReturnValue:
    """What was announced to the reader, and what she announces herself."""
    number = max(1, min(request.args.get("page", 1, type=int), 10_000))
    listed, total = queries.announcements(actor(), number)
    count = pages_of(total, queries.PAGE)
    return render(
        "network/announcements/index.html",
        listed=listed,
        text=_text,
        states=translated(STATE_LABELS),
        can_write=access.can_write(actor(), queries.chaired(actor())),
        page_number=number,
        count=count,
        previous=url_for("announcements.index", page=number - 1) if number > 1 else "",
        next=url_for("announcements.index", page=number + 1) if number < count else "",
    )


@pages.page("/<uuid:announcement_id>", permission=SEE)
def announcement(announcement_id: UUID) -> ResponseReturnValue:
    """One announcement; for its author, whom it reaches and who has acknowledged it."""
    return _page(announcement_id)


@pages.form("/new", permission=SEE)
def new() -> ResponseReturnValue:
    """Write an announcement."""
    chaired = queries.chaired(actor())
    access.require_write(actor(), chaired)
    values: dict[str, Any] = {"language_1": language(), "match": "all"}
    if not access.can_send(actor()):
        values["group_ids"] = [str(each) for each in chaired[:1]]
    form = Form(schemas.AnnouncementInput(), values=values, choices=_choices())
    made = form.outcome_of(lambda data: service.draft(actor(), schemas.content_of(data)))
    if made is not None:
        flash(gettext("The draft was saved. See whom it reaches, then send it."), "ok")
        return see_other("announcements.announcement", announcement_id=made.id)
    title = gettext("New announcement")
    return _form_page(form, title, [Link(title, "")], url_for("announcements.index"))


@pages.form("/<uuid:announcement_id>/edit", permission=SEE)
def edit(announcement_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    seen = queries.seen_by(actor(), announcement_id)
    access.require_keep(actor(), seen.announcement.author_id)
    rules.check_draft(seen.announcement.state)
    form = Form(
        schemas.AnnouncementInput(),
        values=schemas.values_of(seen),
        choices=_choices(),
        version=seen.announcement.version,
    )
    if form.accepts(
        lambda data: service.change(
            actor(), announcement_id, schemas.content_of(data), version=form.posted_version
        )
    ):
        flash(gettext("The draft was saved. See whom it reaches, then send it."), "ok")
        return see_other("announcements.announcement", announcement_id=announcement_id)
    here = url_for("announcements.announcement", announcement_id=announcement_id)
    crumbs = [Link(_text(seen.texts).title, here), Link(gettext("Change announcement"), "")]
    return _form_page(form, gettext("Change announcement"), crumbs, here)


@pages.form("/<uuid:announcement_id>/send", permission=SEE)
def send(announcement_id: UUID) -> ResponseReturnValue:
    """See whom it reaches, and send it now or at a moment."""
    seen = queries.seen_by(actor(), announcement_id)
    access.require_keep(actor(), seen.announcement.author_id)
    rules.check_draft(seen.announcement.state)
    zone = current_tenant().time_zone
    form = Form(schemas.SendInput(), version=seen.announcement.version)
    if form.accepts(
        lambda data: service.schedule(
            actor(),
            announcement_id,
            version=form.posted_version,
            at=schemas.moment_of(data, zone),
        )
    ):
        flash(gettext("It will be sent to whoever is in its audience at that moment."), "ok")
        return see_other("announcements.announcement", announcement_id=announcement_id)
    here = url_for("announcements.announcement", announcement_id=announcement_id)
    return form.render(
        "network/announcements/send.html",
        text=_text(seen.texts),
        preview=service.preview(actor(), announcement_id),
        said=_said(seen.announcement.audience),
        zone=zone,
        back=here,
        crumbs=_crumbs(Link(_text(seen.texts).title, here), Link(gettext("Send"), "")),
    )


@pages.action("/<uuid:announcement_id>/take-back", permission=SEE)
def take_back(announcement_id: UUID) -> ResponseReturnValue:
    """Make what waits to be sent a draft again."""
    service.take_back(actor(), announcement_id, version=posted_version())
    flash(gettext("It is a draft again and is not sent."), "ok")
    return see_other("announcements.announcement", announcement_id=announcement_id)


@pages.action("/<uuid:announcement_id>/discard", permission=SEE)
def discard(announcement_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    service.discard(actor(), announcement_id, version=posted_version())
    flash(gettext("The draft is gone."), "ok")
    return see_other("announcements.index")


@pages.form("/<uuid:announcement_id>/acknowledge", permission=SEE)
def acknowledge(announcement_id: UUID) -> ResponseReturnValue:
    """Where the link of a mail without content leads: it asks, and the button acknowledges."""
    if request.method == "POST":
        service.acknowledge(actor(), announcement_id)
        flash(gettext("Thank you. Your acknowledgement was recorded."), "ok")
        return see_other("announcements.announcement", announcement_id=announcement_id)
    return _page(announcement_id)


@pages.form("/by-mail/<token>", permission=PUBLIC)
def acknowledge_by_mail(token: str) -> ResponseReturnValue:
    """Where the link in the mail leads, without signing in: it asks, and the button acknowledges.

    A link that works no more leads to where one signs in.
    """
    opened = service.opened_by(token)
    if opened.reader is None:
        return see_other("announcements.acknowledge", announcement_id=opened.announcement_id)
    address_to(opened.reader)
    if request.method == "POST":
        service.acknowledge(opened.reader, opened.announcement_id, via=Via.MAIL)
        return see_other("announcements.acknowledge_by_mail", token=token)
    seen = queries.seen_by(opened.reader, opened.announcement_id)
    text = _text(seen.texts)
    return render(
        "network/announcements/by_mail.html",
        seen=seen,
        announcement=seen.announcement,
        reader=opened.reader.name,
        text=text,
        is_fallback=text.language != language(),
        to_acknowledge=_waits_for(seen),
    )


def _waits_for(seen: queries.Seen) -> bool:
    """Whether the reader is asked to acknowledge it and has not."""
    found = seen.announcement
    asked = found.must_acknowledge and found.state == State.SENT
    return seen.is_recipient and asked and seen.acknowledged_at is None


def _page(announcement_id: UUID) -> str:
    seen = queries.seen_by(actor(), announcement_id)
    found = seen.announcement
    kept = access.can_keep(actor(), found.author_id)
    is_out = found.state in {State.SENT, State.EXPIRED}
    text = _text(seen.texts)
    return render(
        "network/announcements/announcement.html",
        seen=seen,
        announcement=found,
        text=text,
        is_fallback=text.language != language(),
        state=gettext(STATE_LABELS[found.state]),
        to_acknowledge=_waits_for(seen),
        kept=kept,
        said=_said(found.audience) if kept else [],
        tally=rules.tally(queries.told(found.id)) if kept and is_out else None,
        recipients=queries.recipients(found.id) if kept and is_out else [],
        crumbs=_crumbs(Link(text.title, "")),
    )


def _form_page(form: Form, title: str, crumbs: list[Link], back: str) -> ResponseReturnValue:
    return form.render(
        "network/announcements/form.html",
        title=title,
        crumbs=_crumbs(*crumbs),
        only_groups=not access.can_send(actor()),
        back=back,
    )


def _text(texts: Any) -> rules.Text:
    return rules.text_for(language(), texts)


def _crumbs(*more: Link) -> list[Link]:
    return [Link(gettext("Announcements"), url_for("announcements.index")), *more]


def _choices() -> dict[str, Any]:
    """What the form offers: everything, or to chairs the groups they chair."""
    names = {group.id: group.name for group in groups.groups_read_by(actor())}
    if not access.can_send(actor()):
        own = [(str(each), names[each]) for each in queries.chaired(actor()) if each in names]
        return {"group_ids": own, "regions": [], "organisation_ids": []}
    return {
        "group_ids": [(str(each), name) for each, name in names.items()],
        "regions": [(region, region_name(region)) for region in queries.regions()],
        "organisation_ids": [
            (str(row.id), _body(row.name, row.country)) for row in queries.organisations()
        ],
    }


def _body(name: str, country: str | None) -> str:
    shown = organisation_name(name)
    return f"{country_name(country, language())}: {shown}" if country else shown


def _said(audience: dict[str, Any]) -> list[str]:
    """An audience in plain words, one line for each condition."""
    wanted = rules.audience_from(audience)
    if wanted.everybody:
        return [gettext("Everybody in the network")]
    group_names = {group.id: group.name for group in groups.groups_read_by(actor())}
    bodies = {row.id: _body(row.name, row.country) for row in queries.organisations()}
    parts = [
        [gettext(FUNCTION_LABELS[each]) for each in wanted.functions],
        [region_name(each) for each in wanted.regions],
        [group_names[each] for each in wanted.group_ids if each in group_names],
        [bodies[each] for each in wanted.organisation_ids if each in bodies],
    ]
    said = [gettext(" or ").join(part) for part in parts if part]
    return [gettext(MATCH_LABELS[wanted.match]), *said] if len(said) > 1 else said
