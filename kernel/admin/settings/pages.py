"""The page of the network's settings."""

from flask import current_app, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.admin.networks.schemas import NetworkSettings
from kernel.admin.settings import service
from kernel.identity.permissions import KernelPermission
from kernel.tenancy.queries import current_tenant
from kernel.web import Form, Pages, actor, see_other

pages = Pages("settings", __name__, url_prefix="/admin/settings", section="admin")


@pages.form("", permission=KernelPermission.SETTINGS_MANAGE)
def edit() -> ResponseReturnValue:
    """Show and change name, languages, time zone, brand colour and the modules switched on."""
    now = service.settings_of(current_tenant())
    form = Form(NetworkSettings(), now, version=now["version"])
    if form.accepts(lambda data: service.change_settings(actor(), form.posted_version, data)):
        current_app.extensions["comitia_hosts"].forget()
        flash(gettext("The settings were saved."), "ok")
        return see_other("settings.edit")
    return form.render("admin/settings/edit.html")
