"""The JSON API of announcements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kernel.tenancy.queries import current_tenant
from kernel.web import Api, actor
from kernel.web.versions import expected_version, version_header
from network.announcements import access, queries, rules, schemas, service
from network.announcements.queries import Seen
from network.permissions import NetworkPermission
from network.topics.service import Via

SEE = NetworkPermission.ANNOUNCEMENTS_SEE

api = Api(
    "announcements",
    __name__,
    url_prefix="/announcements",
    description="Announcements, and who has acknowledged them",
    known_to=SEE,
)

Answer = tuple[Any, int, dict[str, str]]


@api.endpoint("", permission=SEE)
@api.arguments(schemas.PageQuery, location="query")
@api.response(200, schemas.ListOutput)
def list_announcements(asked: dict[str, Any]) -> dict[str, Any]:
    """The announcements made to you, or by you; those you have yet to acknowledge first."""
    listed, total = queries.announcements(actor(), asked["page"])
    items = [
        {
            **_facts(each.announcement, each.texts, each.author),
            "to_acknowledge": each.to_acknowledge,
        }
        for each in listed
    ]
    return {"items": items, "total": total, "page": asked["page"]}


@api.endpoint("", permission=SEE, method="POST")
@api.arguments(schemas.AnnouncementInput)
@api.response(201, schemas.KeptOutput)
def draft(data: dict[str, Any]) -> Answer:
    """Keep a draft: for any audience who may announce, for their own groups chairs."""
    made = service.draft(actor(), schemas.content_of(data))
    return _answer(made.id, 201)


@api.endpoint("/<uuid:announcement_id>", permission=SEE)
@api.response(200, schemas.AnnouncementOutput)
def get_announcement(announcement_id: UUID) -> Answer:
    """One announcement."""
    return _answer(announcement_id)


@api.endpoint("/<uuid:announcement_id>", permission=SEE, method="PUT")
@api.arguments(schemas.AnnouncementInput)
@api.response(200, schemas.KeptOutput)
def put_announcement(data: dict[str, Any], announcement_id: UUID) -> Answer:
    """Write a draft anew; needs If-Match."""
    _require_kept(announcement_id)
    service.change(actor(), announcement_id, schemas.content_of(data), version=expected_version())
    return _answer(announcement_id)


@api.endpoint("/<uuid:announcement_id>", permission=SEE, method="DELETE")
@api.response(204)
def delete_announcement(announcement_id: UUID) -> None:
    """Throw a draft away; needs If-Match."""
    service.discard(actor(), announcement_id, version=expected_version())


@api.endpoint("/<uuid:announcement_id>/preview", permission=SEE)
@api.response(200, schemas.ReachOutput)
def get_preview(announcement_id: UUID) -> dict[str, Any]:
    """Whom a draft would reach if it were sent now."""
    preview = service.preview(actor(), announcement_id)
    organisations = [
        {"organisation_id": key[0], "organisation": key[1], "people": people}
        for key, people in preview.organisations.items()
    ]
    return {"people": len(preview.people), "organisations": organisations}


@api.endpoint("/<uuid:announcement_id>/schedule", permission=SEE, method="POST")
@api.arguments(schemas.SendInput)
@api.response(200, schemas.KeptOutput)
def schedule(data: dict[str, Any], announcement_id: UUID) -> Answer:
    """Have a draft sent now, or at a local time of the network; needs If-Match."""
    at = schemas.moment_of(data, current_tenant().time_zone)
    service.schedule(actor(), announcement_id, version=expected_version(), at=at)
    return _answer(announcement_id)


@api.endpoint("/<uuid:announcement_id>/take-back", permission=SEE, method="POST")
@api.response(200, schemas.KeptOutput)
def take_back(announcement_id: UUID) -> Answer:
    """Make what waits to be sent a draft again; needs If-Match."""
    service.take_back(actor(), announcement_id, version=expected_version())
    return _answer(announcement_id)


@api.endpoint("/<uuid:announcement_id>/acknowledgement", permission=SEE, method="PUT")
@api.response(200, schemas.AnnouncementOutput)
def acknowledge(announcement_id: UUID) -> Answer:
    """Say that you have read it."""
    service.acknowledge(actor(), announcement_id, via=Via.API)
    return _answer(announcement_id)


@api.endpoint("/<uuid:announcement_id>/tally", permission=SEE)
@api.response(200, schemas.TallyOutput)
def get_tally(announcement_id: UUID) -> rules.Tally:
    """Who has acknowledged, counted by people and by organisations."""
    _require_kept(announcement_id)
    return rules.tally(queries.told(announcement_id))


@api.endpoint("/<uuid:announcement_id>/recipients", permission=SEE)
@api.response(200, schemas.RecipientOutput(many=True))
def list_recipients(announcement_id: UUID) -> Sequence[Any]:
    """Who was told, and when each acknowledged."""
    _require_kept(announcement_id)
    return queries.recipients(announcement_id)


def _require_kept(announcement_id: UUID) -> None:
    seen = queries.seen_by(actor(), announcement_id)
    access.require_keep(actor(), seen.announcement.author_id)


def _answer(announcement_id: UUID, status: int = 200) -> Answer:
    seen: Seen = queries.seen_by(actor(), announcement_id)
    found = seen.announcement
    answer = _facts(found, seen.texts, seen.author)
    return (
        {**answer, "acknowledged_at": seen.acknowledged_at, "audience": found.audience},
        status,
        version_header(found.version),
    )


def _facts(announcement: Any, texts: Sequence[rules.Text], author: str) -> dict[str, Any]:
    names = (
        "id",
        "state",
        "must_acknowledge",
        "due_on",
        "expires_on",
        "scheduled_for",
        "sent_at",
        "time_zone",
        "version",
    )
    return {name: getattr(announcement, name) for name in names} | {
        "texts": texts,
        "author": author,
    }
