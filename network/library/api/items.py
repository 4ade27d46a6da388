"""The JSON API of the library: the services of the pages, by another door."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.files import respond
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from kernel.web import actor
from kernel.web.languages import language
from kernel.web.versions import expected_version, version_header
from network.library import schemas, service
from network.library.api.blueprint import Answer, api
from network.library.queries import items, lists, uses
from network.library.view import VersionShown, versions_shown
from network.permissions import NetworkPermission as May

if TYPE_CHECKING:
    from network.library.models import LibraryVersion


@api.endpoint("", permission=May.LIBRARY_SEE)
@api.arguments(schemas.ItemListQuery, location="query")
@api.response(200, schemas.ItemsOutput)
def list_items(query: dict[str, Any]) -> dict[str, Any]:
    """The items you may see, 25 at a time: newest publication first; with words, the best match first."""
    page = query.pop("page_number", None) or 1
    overdue = query.pop("overdue")
    narrowed = lists.ItemFilter(
        mine=query.pop("mine"),
        overdue_on=clock.today(current_tenant().time_zone) if overdue else None,
        **{name: value or "" for name, value in query.items()},
    )
    found = lists.item_page(actor(), narrowed, language=language(), page=page)
    return {"items": found.items, "has_more": found.has_more}


@api.endpoint("", permission=May.LIBRARY_WRITE, method="POST")
@api.arguments(schemas.ItemInput)
@api.response(201, schemas.ItemOutput)
def create_item(data: dict[str, Any]) -> Answer:
    """Add an item of yours with its first draft."""
    item, _ = service.create_item(actor(), **data)
    return _item(item.id, 201)


@api.endpoint("/<uuid:item_id>", permission=May.LIBRARY_SEE)
@api.response(200, schemas.ItemOutput)
def get_item(item_id: UUID) -> Answer:
    """An item with its versions and files."""
    return _item(item_id)


@api.endpoint("/<uuid:item_id>", permission=May.LIBRARY_WRITE, method="PATCH")
@api.arguments(schemas.FilingInput(partial=True))
@api.response(200, schemas.ItemOutput)
def change_item(data: dict[str, Any], item_id: UUID) -> Answer:
    """File an item anew; `If-Match` names the version it is made on."""
    service.update_item(actor(), item_id, version=expected_version(), **data)
    return _item(item_id)


@api.endpoint("/<uuid:item_id>/owner", permission=May.LIBRARY_WRITE, method="PUT")
@api.arguments(schemas.OwnerInput)
@api.response(204)
def put_owner(data: dict[str, Any], item_id: UUID) -> None:
    """Give an item another owner; `If-Match` names its version."""
    service.hand_over(actor(), item_id, version=expected_version(), owner_id=data["person_id"])


@api.endpoint("/<uuid:item_id>/versions", permission=May.LIBRARY_WRITE, method="POST")
@api.arguments(schemas.VersionInput)
@api.response(201, schemas.VersionOutput)
def start_version(data: dict[str, Any], item_id: UUID) -> Answer:
    """Begin the next version of an item."""
    return _version(service.start_version(actor(), item_id, **data), 201)


@api.endpoint(
    "/versions/<uuid:library_version_id>/translations",
    permission=May.LIBRARY_WRITE,
    method="POST",
)
@api.arguments(schemas.VersionTranslation)
@api.response(201, schemas.VersionOutput)
def translate(data: dict[str, Any], library_version_id: UUID) -> Answer:
    """Begin a translation of a published version."""
    return _version(service.translate(actor(), library_version_id, **data), 201)


@api.endpoint("/versions/<uuid:library_version_id>", permission=May.LIBRARY_SEE)
@api.response(200, schemas.VersionOutput)
def get_version(library_version_id: UUID) -> Answer:
    """A version with its files."""
    return _version(items.version_seen_by(actor(), library_version_id).version)


@api.endpoint("/versions/<uuid:library_version_id>", permission=May.LIBRARY_WRITE, method="PUT")
@api.arguments(schemas.VersionChange)
@api.response(200, schemas.VersionOutput)
def edit_draft(data: dict[str, Any], library_version_id: UUID) -> Answer:
    """Change the words of a draft; `If-Match` names the version it is made on."""
    draft = service.edit_draft(actor(), library_version_id, version=expected_version(), **data)
    return _version(draft)


@api.endpoint("/versions/<uuid:library_version_id>", permission=May.LIBRARY_WRITE, method="DELETE")
@api.response(204)
def discard_draft(library_version_id: UUID) -> None:
    """Throw a draft away with its files; `If-Match` names its version."""
    service.discard_draft(actor(), library_version_id, version=expected_version())


@api.endpoint(
    "/versions/<uuid:library_version_id>/renditions", permission=May.LIBRARY_WRITE, method="POST"
)
@api.arguments(schemas.RenditionFile, location="files")
@api.response(201, schemas.VersionOutput)
def add_rendition(data: dict[str, Any], library_version_id: UUID) -> Answer:
    """Add a file to a draft, sent as multipart/form-data with its language."""
    service.add_rendition(actor(), library_version_id, **data)
    return _version(items.version_seen_by(actor(), library_version_id).version, 201)


@api.endpoint("/renditions/<uuid:rendition_id>", permission=May.LIBRARY_SEE)
@api.response(200, content_type="application/octet-stream")
def get_rendition(rendition_id: UUID) -> ResponseReturnValue:
    """A file of a version."""
    return respond(items.rendition_seen_by(actor(), rendition_id).file)


@api.endpoint("/renditions/<uuid:rendition_id>", permission=May.LIBRARY_WRITE, method="DELETE")
@api.response(204)
def remove_rendition(rendition_id: UUID) -> None:
    """Take a file from a draft."""
    service.remove_rendition(actor(), rendition_id)


@api.endpoint(
    "/versions/<uuid:library_version_id>/submit", permission=May.LIBRARY_WRITE, method="POST"
)
@api.response(200, schemas.VersionOutput)
def submit(library_version_id: UUID) -> Answer:
    """Hand a draft in for review; `If-Match` names its version."""
    return _version(service.submit(actor(), library_version_id, version=expected_version()))


@api.endpoint(
    "/versions/<uuid:library_version_id>/return", permission=May.LIBRARY_WRITE, method="POST"
)
@api.arguments(schemas.VersionReason)
@api.response(200, schemas.VersionOutput)
def return_to_author(data: dict[str, Any], library_version_id: UUID) -> Answer:
    """End a review without publishing; `If-Match` names the version."""
    version = service.return_to_author(
        actor(), library_version_id, version=expected_version(), **data
    )
    return _version(version)


@api.endpoint(
    "/versions/<uuid:library_version_id>/publish", permission=May.LIBRARY_REVIEW, method="POST"
)
@api.response(200, schemas.VersionOutput)
def publish(library_version_id: UUID) -> Answer:
    """Publish what somebody else made; `If-Match` names the version."""
    return _version(service.publish(actor(), library_version_id, version=expected_version()))


@api.endpoint(
    "/versions/<uuid:library_version_id>/withdraw", permission=May.LIBRARY_WRITE, method="POST"
)
@api.arguments(schemas.VersionWithdrawal)
@api.response(200, schemas.VersionOutput)
def withdraw(data: dict[str, Any], library_version_id: UUID) -> Answer:
    """Take back a published version, with its translations if asked for; `If-Match` names it."""
    version = service.withdraw(actor(), library_version_id, version=expected_version(), **data)
    return _version(version)


def _item(item_id: UUID, status: int = 200) -> Answer:
    seen = items.item_seen_by(actor(), item_id)
    names = (
        "id title summary language subject phase country licence visibility group_id owner_id"
        " review_on version"
    )
    answer = {name: getattr(seen.item, name) for name in names.split()} | {
        "owner": seen.owner,
        "organisation": seen.organisation,
        "versions": [_shown(version) for version in versions_shown(actor(), seen)],
        "used_by": uses.uses_of(actor(), item_id),
    }
    return answer, status, version_header(seen.item.version)


def _version(version: "LibraryVersion", status: int = 200) -> Answer:
    """A version as the list of its item shows it."""
    seen = items.item_seen_by(actor(), version.item_id)
    found = next(v for v in versions_shown(actor(), seen) if v.row.id == version.id)
    return _shown(found), status, version_header(version.version)


def _shown(shown: VersionShown) -> dict[str, Any]:
    names = (
        "id number language title summary notes state return_reason withdrawal_reason published_at"
        " version"
    )
    return {name: getattr(shown.row, name) for name in names.split()} | {
        "author": shown.author,
        "follows": shown.pinned.follows if shown.pinned else None,
        "out_of_date": bool(shown.pinned and shown.pinned.out_of_date),
        "original_withdrawn": shown.pinned.withdrawn_because if shown.pinned else None,
        "renditions": [
            {
                "id": seen.rendition.id,
                "language": seen.rendition.language,
                "format": seen.rendition.format,
                "name": seen.file.name,
                "media_type": seen.file.media_type,
                "size": seen.file.size,
                "text": seen.outcome,
            }
            for seen in shown.files
        ],
    }
