"""Pages of the people of the network."""

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.identity.permissions import KernelPermission
from kernel.web import Form, Pages, actor, render, see_other
from network.people import schemas, service, shown
from network.people.rules import MOST_LANGUAGES, Audience

pages = Pages("people", __name__, url_prefix="/network/people", section="network")

SEE = KernelPermission.MEMBERS_SEE


@pages.page("/<uuid:person_id>", permission=SEE)
def person(person_id: UUID) -> ResponseReturnValue:
    """One person, as far as the reader may see her; oneself also as others do."""
    seen_as = _audience()
    found = service.seen(actor(), person_id, seen_as=seen_as)
    return render(
        "network/people/person.html",
        person=found,
        functions=shown.functions_at(found),
        languages=shown.languages(found),
        seen_as=seen_as if found.is_self else None,
        audiences=shown.audiences(),
    )


@pages.form("/me", permission=SEE)
def edit() -> ResponseReturnValue:
    """What one says of oneself, each field with who may see it."""
    profile = service.own_profile(actor())
    form = Form(
        schemas.ProfileForm(),
        schemas.form_values(profile),
        choices=schemas.row_choices(),
        version=profile.version,
    )
    if form.accepts(
        lambda data: service.change_profile(
            actor(), version=form.posted_version, **schemas.from_form(data)
        )
    ):
        flash(gettext("Your profile was saved."), "ok")
        return see_other("people.person", person_id=actor().person_id)
    return form.render("network/people/edit.html", rows=range(1, MOST_LANGUAGES + 1))


def _audience() -> Audience | None:
    """As whom one wants to see one's own page; what is not understood is left aside."""
    asked = request.args.get("as", "")
    return Audience(asked) if asked in {value for value, _label in shown.audiences()} else None
