"""Pages of the people of the network."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.errors import NotFound
from kernel.identity.permissions import KernelPermission
from kernel.values import clock
from kernel.values.countries import country_names
from kernel.values.sorting import sort_key
from kernel.web import Form, Pages, actor, attachment, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.downloads import CSV, VCF, XLSX
from kernel.web.languages import language, translated
from kernel.web.regions import region_name
from network.people import files, lists, queries, schemas, service, shown
from network.people.lists import PeopleFilter
from network.people.rules import FUNCTION_LABELS, MOST_LANGUAGES, SEATS, Audience, Field, Seat

SEE = KernelPermission.MEMBERS_SEE
ADMIT = KernelPermission.PEOPLE_ADMIT
_TYPES: Final = {"csv": CSV, "xlsx": XLSX, "vcf": VCF}

pages = Pages("people", __name__, url_prefix="/network/people", section="network", known_to=SEE)


@pages.page("", permission=SEE)
def index() -> ResponseReturnValue:
    """The directory of people: filters, list, files to save."""
    asked = asked_in_address(schemas.PeopleListQuery)
    return render(
        "network/people/index.html",
        shown=lists.people(actor(), PeopleFilter(**schemas.wanted(asked)), asked["page"]),
        query=_query(asked),
        options=_options(),
        fields_of=shown.fields_of,
        function_name=shown.function_name,
        language_names=shown.language_names,
    )


@pages.page("/export.<any(csv, xlsx, vcf):kind>", permission=SEE)
def export(kind: str) -> ResponseReturnValue:
    """Exactly whom the directory shows under the same filters, all pages, as far as one may see them."""
    found = lists.everybody(
        actor(), PeopleFilter(**schemas.wanted(asked_in_address(schemas.PeopleListQuery)))
    )
    content = files.cards(found) if kind == "vcf" else files.table(found, kind)
    words = gettext("people")
    return attachment(content, f"{words}-{clock.now():%Y-%m-%d}.{kind}", _TYPES[kind])


@pages.page("/<uuid:person_id>/card.vcf", permission=SEE)
def card(person_id: UUID) -> ResponseReturnValue:
    """One person as a card for an address book."""
    found = lists.one(actor(), person_id)
    if found is None:
        raise NotFound
    return attachment(files.cards([found]), f"{found.person.name}.vcf", VCF)


@pages.page("/<uuid:person_id>", permission=SEE)
def person(person_id: UUID) -> ResponseReturnValue:
    """One person, as far as the reader may see her; oneself also as others do."""
    seen_as = _audience()
    found = service.seen(actor(), person_id, seen_as=seen_as)
    return render(
        "network/people/person.html",
        person=found,
        functions=shown.functions_at(found),
        languages=shown.languages(found.fields.get(Field.LANGUAGES, {})),
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


@pages.form("/at/<uuid:organisation_id>/functions", permission=ADMIT)
def functions(organisation_id: UUID) -> ResponseReturnValue:
    """Who is the head, the focal point and so on of an organisation, and who deputises."""
    organisation = service.functions_for_change(actor(), organisation_id)
    colleagues = [(str(row.id), row.name) for row in queries.colleagues(organisation_id)]
    form = Form(
        schemas.FunctionsInput(),
        schemas.seats_as(service.holders_at(organisation_id)),
        choices={seat.key: [("", gettext("Nobody")), *colleagues] for seat in SEATS},
        version=queries.functions_version(organisation_id),
    )

    def change(data: Mapping[str, Any]) -> None:
        chosen = schemas.seats_from(data)
        version = form.posted_version
        service.change_functions(actor(), organisation_id, version=version, chosen=chosen)

    if form.accepts(change):
        flash(gettext("The functions were saved."), "ok")
        return see_other("members.member", organisation_id=organisation_id)
    return form.render(
        "network/people/functions.html",
        organisation=organisation,
        rows=[
            (seat.key, Seat(seat.function, deputy=True).key) for seat in SEATS if not seat.deputy
        ],
    )


def _query(asked: Mapping[str, Any]) -> dict[str, str]:
    """The filters as they stand in addresses, for links that keep them."""
    values = schemas.PeopleQuery().form_values(asked)
    return {name: str(value) for name, value in values.items() if value}


def _options() -> dict[str, list[tuple[Any, str]]]:
    """What can be chosen in each filter, in the reader's language."""
    found = lists.choices(actor())
    names = country_names(language())
    countries = [(code, names.get(code, code)) for code in found.countries]
    return {
        "country": sorted(countries, key=lambda each: sort_key(each[1])),
        "region": [(region, region_name(region)) for region in found.regions],
        "function": list(translated(FUNCTION_LABELS).items()),
        "speaks": shown.language_names(found.languages),
        "expertise": [(each, each) for each in found.expertise],
        "group": list(found.groups),
    }


def _audience() -> Audience | None:
    """As whom one wants to see one's own page; what is not understood is left aside."""
    asked = request.args.get("as", "")
    return Audience(asked) if asked in {value for value, _label in shown.audiences()} else None
