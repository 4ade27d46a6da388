"""Pages of the people of the network."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.identity.permissions import KernelPermission
from kernel.web import Pages, actor, render
from network.people import service, shown

pages = Pages("people", __name__, url_prefix="/network/people", section="network")

SEE = KernelPermission.MEMBERS_SEE


@pages.page("/<uuid:person_id>", permission=SEE)
def person(person_id: UUID) -> ResponseReturnValue:
    """One person, as far as the reader may see her."""
    found = service.seen(actor(), person_id)
    return render(
        "network/people/person.html",
        person=found,
        functions=shown.functions_at(found),
        languages=shown.languages(found),
    )
