"""Pages of moderation."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.identity.permissions import KernelPermission
from kernel.web import Form, Pages, actor, see_other
from kernel.web.menu import Link
from network.moderation import queries, service
from network.moderation.schemas import PolicyInput
from network.permissions import NetworkPermission as May

pages = Pages(
    "moderation",
    __name__,
    url_prefix="/network/moderation",
    section="network",
    known_to=May.TOPICS_SEE,
)


@pages.form("/settings", permission=KernelPermission.SETTINGS_MANAGE)
def settings() -> ResponseReturnValue:
    """Whose first posts wait for a moderator."""
    decided = queries.policy_or_default()
    form = Form(PolicyInput(), decided, version=decided.version)
    if form.accepts(lambda data: service.set_policy(actor(), version=form.posted_version, **data)):
        flash(gettext("The settings were saved."))
        return see_other("moderation.settings")
    crumbs = [Link(gettext("First posts of new members"), "")]
    return form.render("network/moderation/settings.html", crumbs=crumbs)
