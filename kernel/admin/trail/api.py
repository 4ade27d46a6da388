"""The audit trail as JSON."""

from typing import Any

from kernel.admin.trail import queries
from kernel.admin.trail.schemas import TrailPageOut, TrailQuery
from kernel.identity.permissions import KernelPermission
from kernel.values.paging import Page
from kernel.web import Api
from kernel.web.visitors import current_network_time_zone

api = Api("trail", __name__, url_prefix="/audit", description="Who changed what, and when.")


@api.endpoint("", permission=KernelPermission.AUDIT_SEE)
@api.arguments(TrailQuery, location="query")
@api.response(200, TrailPageOut)
def list_entries(asked: dict[str, Any]) -> Page[queries.EntryLine]:
    """List entries, newest first, narrowed and one page at a time."""
    return queries.entries(queries.EntriesWanted(zone=current_network_time_zone(), **asked))
