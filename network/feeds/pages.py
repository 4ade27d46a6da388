"""Pages of one's feeds, and the feeds themselves."""

from uuid import UUID

from flask import Response, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import PUBLIC, Form, Pages, actor, render, see_other
from kernel.web.menu import Link
from network.feeds import queries, service
from network.feeds.rules import atom
from network.feeds.schemas import FeedInput
from network.groups import queries as groups
from network.permissions import NetworkPermission as May

pages = Pages("feeds", __name__, section="network", known_to=May.TOPICS_SEE)


@pages.page("/account/feeds", permission=May.TOPICS_SEE)
def index() -> ResponseReturnValue:
    """One's feeds, and what they are for."""
    crumbs = [_account(), Link(gettext("Feeds"), "")]
    return render("network/feeds/index.html", crumbs=crumbs, feeds=queries.feeds_of(actor()))


@pages.form("/account/feeds/new", permission=May.TOPICS_SEE)
def new() -> ResponseReturnValue:
    """Make a feed and show its address this once."""
    own = [(str(row.id), row.name) for row in groups.groups_read_by(actor())]
    form = Form(
        FeedInput(),
        {"group_id": request.args.get("group", type=UUID)},
        choices={"group_id": [("", gettext("All my groups")), *own]},
    )
    crumbs = [_account(), Link(gettext("Feeds"), url_for("feeds.index"))]
    made = form.outcome_of(lambda data: service.create_feed(actor(), **data))
    if made is not None:
        crumbs = [*crumbs, Link(gettext("Your new feed"), "")]
        answer = Response(render("network/feeds/made.html", crumbs=crumbs, made=made))
        answer.headers["Cache-Control"] = "no-store"
        return answer
    crumbs = [*crumbs, Link(gettext("New feed"), "")]
    return form.render("network/feeds/new.html", crumbs=crumbs)


@pages.action("/account/feeds/<uuid:feed_id>/revoke", permission=May.TOPICS_SEE)
def revoke(feed_id: UUID) -> ResponseReturnValue:
    """End a feed at once."""
    service.revoke_feed(actor(), feed_id)
    flash(gettext("The feed is revoked."), "ok")
    return see_other("feeds.index")


@pages.page("/feeds/<reading>", permission=PUBLIC)
def read(reading: str) -> ResponseReturnValue:
    """A feed as readers fetch it; whoever has its address reads what its owner may read now."""
    channel = service.channel_at(reading)
    untitled = gettext("Something new in a confidential group")
    answer = Response(atom(channel, untitled), mimetype="application/atom+xml")
    answer.last_modified = channel.updated
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def _account() -> Link:
    return Link(gettext("Your account"), url_for("accounts.account"))
