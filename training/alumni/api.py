"""Alumni as JSON: one's own record, and the list for those who look after alumni."""

from typing import Any
from uuid import UUID

from kernel.errors import NotFound
from kernel.web import SIGNED_IN, Api, actor
from training.alumni import queries, schemas, service
from training.alumni.queries import AlumniFilter
from training.permissions import TrainingPermission

SEE = TrainingPermission.ALUMNI_SEE

api = Api(
    "alumni",
    __name__,
    url_prefix="/alumni",
    description="Alumni: who took part in workshops, when they could go, who may find them",
    known_to=SEE,
)
my_api = Api(
    "my_record",
    __name__,
    url_prefix="/alumni/me",
    description="Your own record as an alumna or alumnus",
)


@api.endpoint("", permission=SEE)
@api.arguments(schemas.AlumniListQuery, location="query")
@api.response(200, schemas.AlumniOutput)
def list_alumni(asked: dict[str, Any]) -> dict[str, Any]:
    """List alumni, narrowed and 50 at a time; everybody found is counted by gender."""
    wanted = AlumniFilter(asked["q"] or "", asked["workshop_id"], asked["country"])
    items, total = queries.alumni(wanted, asked["page"])
    return {"items": items, "total": total, "by_gender": queries.genders_of(wanted)}


@my_api.endpoint("", permission=SIGNED_IN)
@my_api.response(200, schemas.MyRecordOutput)
def get_record() -> service.MyRecord:
    """Your own record; 404 as long as you took part in no workshop."""
    return _mine()


@my_api.endpoint("/confirm", permission=SIGNED_IN, method="POST")
@my_api.response(200, schemas.MyRecordOutput)
def confirm() -> service.MyRecord:
    """Say that the record is yours."""
    service.confirm_record(actor())
    return _mine()


@my_api.endpoint("/availability", permission=SIGNED_IN, method="POST")
@my_api.arguments(schemas.AvailabilitySchema)
@my_api.response(201, schemas.AvailabilityOutput)
def add_availability(data: dict[str, Any]) -> Any:
    """State days on which you could go; what they overlap or adjoin becomes one period with them."""
    return service.add_availability(actor(), **data)


@my_api.endpoint("/availability/<uuid:availability_id>", permission=SIGNED_IN, method="DELETE")
@my_api.response(204)
def remove_availability(availability_id: UUID) -> None:
    """Take back days you stated."""
    service.remove_availability(actor(), availability_id)


@my_api.endpoint("/consent", permission=SIGNED_IN, method="PUT")
@my_api.arguments(schemas.ConsentSchema)
@my_api.response(200, schemas.MyRecordOutput)
def put_consent(data: dict[str, Any]) -> service.MyRecord:
    """Allow a purpose, or withdraw that; saying the same again changes nothing."""
    service.set_consent(actor(), **data)
    return _mine()


def _mine() -> service.MyRecord:
    found = service.my_record(actor())
    if found is None:
        raise NotFound
    return found
