"""Pages of the people of the network."""

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.admin.people import queries, service
from kernel.admin.people.rules import ACCESS_LABELS
from kernel.admin.people.schemas import GrantInput, PeopleQuery
from kernel.errors import NotFound
from kernel.identity.permissions import KernelPermission, known_roles
from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.formats import organisation_name
from kernel.web.languages import translated

pages = Pages("admin_people", __name__, url_prefix="/admin/people", section="admin")

MANAGE = KernelPermission.ROLES_MANAGE


@pages.page("", permission=MANAGE)
def index() -> ResponseReturnValue:
    """Everybody in the network, narrowed by filters in the address."""
    asked = asked_in_address(PeopleQuery)
    return render(
        "admin/people/index.html",
        shown=queries.people(queries.PeopleWanted(**asked)),
        query={name: value for name, value in request.args.items() if value and name != "page"},
        roles=role_labels(),
        access=translated(ACCESS_LABELS),
        organisations=[
            (key, organisation_name(name)) for key, name in queries.organisation_choices()
        ],
    )


@pages.form("/<uuid:person_id>", permission=MANAGE)
def person(person_id: UUID) -> ResponseReturnValue:
    """One person: where she is, which roles she holds; a form to give one more."""
    found = queries.person(person_id)
    if found is None:
        raise NotFound
    belongings, labels = queries.belongings(person_id), role_labels()
    places = {
        str(one.organisation_id): organisation_name(one.organisation)
        for one in belongings
        if one.ended_at is None
    }
    form = Form(
        GrantInput(),
        {"organisation_id": next(iter(places), None)},
        choices={
            "role": [("", ""), *((name, labels[name]) for name in service.grantable_roles())],
            "organisation_id": [*places.items(), ("", gettext("Personally"))],
        },
    )
    if form.accepts(lambda data: service.grant_role(actor(), person_id, **data)):
        flash(gettext("The role was given."), "ok")
        return see_other("admin_people.person", person_id=person_id)
    return form.render(
        "admin/people/person.html",
        person=found,
        belongings=belongings,
        grants=queries.grants(person_id),
        roles=labels,
    )


@pages.action("/<uuid:person_id>/roles/<uuid:grant_id>/revoke", permission=MANAGE)
def revoke(person_id: UUID, grant_id: UUID) -> ResponseReturnValue:
    """Take a role back."""
    service.revoke_role(actor(), person_id, grant_id)
    flash(gettext("The role was taken back."), "ok")
    return see_other("admin_people.person", person_id=person_id)


def role_labels() -> dict[str, str]:
    """The names of all roles in the reader's language."""
    return {name: gettext(role.label) for name, role in known_roles().items()}
