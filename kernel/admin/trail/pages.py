"""The page of the audit trail and its export."""

import json
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.admin.trail import queries
from kernel.admin.trail.schemas import TrailQuery
from kernel.audit.words import action_label, declared_actions, object_label
from kernel.documents.sheets import Sheet, csv
from kernel.errors import N_, NotNow
from kernel.identity.permissions import KernelPermission
from kernel.values import clock
from kernel.values.sorting import sort_key
from kernel.web import Pages, attachment, render
from kernel.web.asking import asked_in_address
from kernel.web.downloads import CSV
from kernel.web.visitors import current_network_time_zone

pages = Pages("trail", __name__, url_prefix="/admin/audit", section="admin")

SEE = KernelPermission.AUDIT_SEE


@pages.page("", permission=SEE)
def index() -> ResponseReturnValue:
    """The trail, newest first, narrowed by filters in the address."""
    return render(
        "admin/trail/index.html",
        shown=queries.entries(_wanted()),
        query={name: value for name, value in request.args.items() if value and name != "page"},
        actions=_actions(request.args.get("action", "")),
        action_label=action_label,
        object_label=object_label,
        words=in_words,
    )


@pages.page("/export.csv", permission=SEE)
def export() -> ResponseReturnValue:
    """Exactly what the page shows under the same filters, all pages of it, or a refusal: never a part."""
    found = queries.entries_to_export(_wanted())
    if len(found) > queries.EXPORTED:
        raise NotNow(
            N_("At most %(most)s entries are saved at once. Choose days, and save them in parts."),
            most=queries.EXPORTED,
        )
    headings = [
        gettext("Time (UTC)"),
        gettext("Who"),
        gettext("What was done"),
        gettext("Code of what was done"),
        gettext("Kind of object"),
        gettext("Code of the kind"),
        gettext("Object"),
        gettext("Name of the object"),
        gettext("Before"),
        gettext("After"),
        gettext("Sealed"),
    ]
    rows = [
        [
            entry.at,
            entry.actor or gettext("The service"),
            gettext(action_label(entry.action)),
            entry.action,
            gettext(object_label(entry.object_kind)),
            entry.object_kind,
            entry.object_id,
            gettext("Erased") if entry.erased else entry.object_label,
            json.dumps({c.name: c.before for c in entry.changes}, ensure_ascii=False),
            json.dumps({c.name: c.after for c in entry.changes}, ensure_ascii=False),
            gettext("yes") if entry.sealed else gettext("no"),
        ]
        for entry in found
    ]
    content = csv(Sheet(gettext("Audit trail"), headings, rows))
    words = gettext("audit")
    return attachment(content, f"{words}-{clock.now():%Y-%m-%d}.csv", CSV)


def _actions(asked: str) -> list[tuple[str, str]]:
    """The actions one may look for, in words; of one asked for that has none, its code."""
    known = {code: gettext(label) for code, label in declared_actions().items()}
    if asked:
        known.setdefault(asked, asked)
    return sorted(known.items(), key=lambda choice: sort_key(choice[1]))


def in_words(value: Any) -> str:
    """A kept value as one reads it; a dash for none."""
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _wanted() -> queries.EntriesWanted:
    """The filters of the address; what cannot be understood is left aside."""
    asked = asked_in_address(TrailQuery)
    return queries.EntriesWanted(zone=current_network_time_zone(), **asked)
