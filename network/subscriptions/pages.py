"""Pages of one's mail from the network: levels, hours, and the choices beside groups and topics."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.fields import Choice, Schema
from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.languages import address_to
from kernel.web.menu import Link
from network.permissions import NetworkPermission as May
from network.subscriptions import queries, service
from network.subscriptions.rules import DAY_LABELS, LEVEL_LABELS, Level, Rhythm, in_order
from network.subscriptions.schemas import ContentInput, LevelInput, RhythmInput, WatchInput

pages = Pages(
    "subscriptions",
    __name__,
    url_prefix="/account/mail",
    section="network",
    known_to=May.TOPICS_SEE,
)


@pages.form("", permission=May.TOPICS_SEE)
def index() -> ResponseReturnValue:
    """Every group one is in, each with its level; below, when mail may come."""
    groups, rhythm = queries.levels_of(actor()), queries.rhythm_of(actor().person_id)
    names = {_field(group.id): group.id for group in groups}
    form = Form(
        _levels_schema(groups),
        {_field(group.id): group.level for group in groups},
        choices=dict.fromkeys(names, _levels(rhythm.default_level)),
    )
    if form.accepts(
        lambda data: service.set_levels(
            actor(), {names[name]: level for name, level in data.items()}
        )
    ):
        flash(gettext("Your choices are saved."), "ok")
        return see_other("subscriptions.index")
    return form.render(
        "network/subscriptions/index.html",
        crumbs=[_account(), Link(gettext("Mail from this network"), "")],
        groups=groups,
        topics=queries.watches_of(actor()),
        rhythm=rhythm,
        usual=gettext(LEVEL_LABELS[rhythm.default_level]),
        days=[gettext(DAY_LABELS[day]) for day in in_order(rhythm.working_days)],
        weekly_on=gettext(DAY_LABELS[rhythm.weekly_on]),
    )


@pages.form("/times", permission=May.TOPICS_SEE)
def rhythm() -> ResponseReturnValue:
    """Quiet hours, working week, the hour of digests, and a pause."""
    kept = queries.kept_rhythm(actor().person_id)
    form = Form(
        RhythmInput(),
        kept if kept is not None else Rhythm(),
        choices={"digest_hour": [(str(hour), f"{hour:02}:00") for hour in range(24)]},
        version=kept.version if kept is not None else 0,
    )

    def save(data: dict[str, Any]) -> object:
        return service.save_rhythm(actor(), version=form.posted_version, **data)

    if form.accepts(save):
        flash(gettext("Your choices are saved."), "ok")
        return see_other("subscriptions.index")
    title = gettext("When mail may come")
    crumbs = [
        _account(),
        Link(gettext("Mail from this network"), url_for("subscriptions.index")),
        Link(title, ""),
    ]
    back = url_for("subscriptions.index")
    return form.render("network/subscriptions/form.html", crumbs=crumbs, heading=title, back=back)


@pages.action("/groups/<uuid:group_id>", permission=May.TOPICS_SEE)
def level(group_id: UUID) -> ResponseReturnValue:
    """Choose the level of a group, from its page."""
    service.set_level(actor(), group_id, **LevelInput().load_form(request.form))
    flash(gettext("Your choice is saved."), "ok")
    return see_other("groups.group", group_id=group_id)


@pages.action("/topics/<uuid:topic_id>", permission=May.TOPICS_SEE)
def watch(topic_id: UUID) -> ResponseReturnValue:
    """Watch a topic, mute it, or neither, from its page."""
    service.set_watch(actor(), topic_id, **WatchInput().load_form(request.form))
    flash(gettext("Your choice is saved."), "ok")
    return see_other("topics.topic", topic_id=topic_id)


@pages.form("/groups/<uuid:group_id>/content", permission=May.GROUPS_TAKE_PART)
def content(group_id: UUID) -> ResponseReturnValue:
    """Whether the mails of a group carry what is written in it; for its chair."""
    group, kept = service.group_to_manage(actor(), group_id)
    form = Form(
        ContentInput(),
        {"content_free": kept is not None and kept.content_free},
        version=kept.version if kept is not None else 0,
    )

    def save(data: dict[str, Any]) -> object:
        return service.set_content_free(actor(), group_id, version=form.posted_version, **data)

    if form.accepts(save):
        flash(gettext("Your choice is saved."), "ok")
        return see_other("groups.group", group_id=group_id)
    title, back = gettext("Mails of this group"), url_for("groups.group", group_id=group_id)
    crumbs = [
        Link(gettext("Groups"), url_for("groups.index")),
        Link(group.name, back),
        Link(title, ""),
    ]
    return form.render("network/subscriptions/form.html", crumbs=crumbs, heading=title, back=back)


@pages.one_click("/end/<ending>")
def unsubscribe(ending: str) -> ResponseReturnValue:
    """End mails by the link in one of them: opening it only asks, sending it ends them."""
    is_sent = request.method == "POST"
    meaning = service.unsubscribe(ending) if is_sent else service.meaning_of(ending)
    address_to(meaning)
    name = "ended" if is_sent else "end"
    return render(f"network/subscriptions/{name}.html", meaning=meaning)


def _levels_schema(groups: Sequence[Any]) -> Schema:
    """A field per group, called after it."""
    fields = {_field(group.id): Choice(Level, label=group.name) for group in groups}
    return cast(Schema, Schema.from_dict(fields)())  # type: ignore[arg-type]


def _field(group_id: UUID) -> str:
    return f"level-{group_id}"


def _levels(usual: Level) -> list[tuple[str, str]]:
    as_usual = gettext("As usual: %(level)s", level=gettext(LEVEL_LABELS[usual]))
    return [("", as_usual), *((one.value, gettext(LEVEL_LABELS[one])) for one in Level)]


def _account() -> Link:
    return Link(gettext("Your account"), url_for("accounts.account"))
