"""The pages of missions: the list, a new one, and what one mission stands on."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import Response, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import ValidationError

from kernel.documents.sheets import Sheet, xlsx
from kernel.files import respond
from kernel.values.countries import country_name
from kernel.values.paging import pages_of
from kernel.values.sorting import sort_key
from kernel.web import Form, Pages, actor, attachment, posted_version, render, see_other
from kernel.web.downloads import XLSX
from kernel.web.languages import direction, language, translated
from kernel.web.menu import Link
from missions.missions import access, queries, schemas, service, words
from missions.missions.queries import Mission, MissionFilter
from missions.missions.rules import (
    NEXT_INVITATION,
    InvitationState,
    MissionKind,
    MissionState,
    Precision,
)
from missions.permissions import MissionsPermission

SEE: Final = MissionsPermission.MISSION_SEE
EDIT: Final = MissionsPermission.MISSION_EDIT

pages = Pages("missions", __name__, url_prefix="/missions", section="missions", known_to=SEE)
one_mission = Pages(
    "mission",
    __name__,
    url_prefix="/missions/<uuid:mission_id>",
    section="missions",
    known_to=SEE,
)


@pages.page("", permission=SEE)
def index() -> ResponseReturnValue:
    """The missions of the network, filtered by what stands in the address."""
    narrowed = _narrowed()
    page = min(max(1, request.args.get("page", 1, type=int)), queries.LAST_PAGE)
    found, total = queries.missions(actor(), narrowed, page)
    return render(
        "missions/index.html",
        missions=found,
        total=total,
        narrowed=narrowed,
        state_choices=list(translated(words.STATES).items()),
        kind_choices=list(translated(words.KINDS).items()),
        countries=_named(queries.countries_with_missions(actor())),
        may_create=access.can_create(actor()),
        page_number=page,
        pages=pages_of(total, queries.PAGE_SIZE),
        address=lambda number: url_for(".index", **_in_address(narrowed), page=number),
        export=url_for(".export", **_in_address(narrowed)),
        **_words(),
    )


@pages.page("/missions.xlsx", permission=SEE)
def export() -> Response:
    """The missions of a filter as a workbook."""
    sheet = Sheet(
        title=gettext("Missions"),
        headings=[
            gettext("Title"),
            gettext("Country"),
            gettext("Kind"),
            gettext("State"),
            gettext("Polling day"),
            gettext("How exactly polling day is known"),
        ],
        rows=[
            [
                mission.title,
                country_name(mission.country, language()),
                gettext(words.KINDS[MissionKind(mission.kind)]),
                gettext(words.STATES[MissionState(mission.state)]),
                mission.polling_day,
                gettext(words.PRECISIONS[Precision(mission.precision)]),
            ]
            for mission in queries.all_missions(actor(), _narrowed())
        ],
        rtl=direction() == "rtl",
    )
    return attachment(xlsx([sheet]), "missions.xlsx", XLSX)


@pages.form("/new", permission=MissionsPermission.MISSION_CREATE)
def new() -> ResponseReturnValue:
    """Propose a mission."""
    parents = queries.possible_parents(actor())
    form = Form(
        schemas.MissionSchema(),
        values={"observers": 0, "staff": 0, "precision": "day"},
        choices={
            "country": [("", ""), *_named(queries.member_countries())],
            "parent_id": [("", ""), *((str(parent.id), parent.title) for parent in parents)],
        },
    )
    created = form.outcome_of(lambda data: service.create_mission(actor(), **data))
    if created is not None:
        return see_other("mission.overview", mission_id=created.id)
    return form.render("missions/new.html", crumbs=_crumbs(gettext("New mission")))


@one_mission.page("", permission=SEE)
def overview(mission_id: UUID) -> ResponseReturnValue:
    """Where a mission stands and what it waits for."""
    seen = service.overview(actor(), mission_id)
    return render(
        "missions/overview.html",
        seen=seen,
        mission=seen.dossier.mission,
        phases=service.mission_phases(mission_id),
        children=queries.children_of(actor(), mission_id),
        crumbs=_crumbs(seen.dossier.mission.title),
        **_words(),
    )


@one_mission.form("/edit", permission=EDIT)
def edit(mission_id: UUID) -> ResponseReturnValue:
    """Describe a mission anew."""
    mission = service.mission_for_edit(actor(), mission_id)
    form = Form(schemas.MissionChangeSchema(), values=mission, version=mission.version)
    if form.accepts(
        lambda data: service.edit_mission(actor(), mission_id, version=form.posted_version, **data)
    ):
        return _back(mission_id, gettext("The mission was saved."))
    return _form_page(form, mission, gettext("Edit mission"), gettext("Save"))


@one_mission.form("/invitation", permission=EDIT)
def invitation(mission_id: UUID) -> ResponseReturnValue:
    """Record the next step of the correspondence with the country."""
    dossier = service.dossier_for_edit(actor(), mission_id)
    steps = NEXT_INVITATION[InvitationState(dossier.invitation.state)]
    form = Form(
        schemas.CorrespondenceForm(),
        choices={"state": [(state, gettext(words.INVITATION_STATES[state])) for state in steps]},
        version=dossier.invitation.version,
    )
    if form.accepts(
        lambda data: service.record_invitation(
            actor(), mission_id, version=form.posted_version, **data
        )
    ):
        return _back(mission_id, gettext("The invitation was recorded."))
    return _form_page(form, dossier.mission, gettext("Record the invitation"), gettext("Record"))


@one_mission.page("/invitation/letter", permission=SEE)
def letter(mission_id: UUID) -> ResponseReturnValue:
    """The letter of the invitation, as a download."""
    return respond(service.letter_of(actor(), mission_id))


@one_mission.form("/assessment", permission=EDIT)
def assessment(mission_id: UUID) -> ResponseReturnValue:
    """Record what the assessment concluded."""
    dossier = service.dossier_for_edit(actor(), mission_id)
    known = dossier.assessment
    form = Form(schemas.AssessmentSchema(), values=known, version=known.version if known else None)
    if form.accepts(
        lambda data: service.record_assessment(
            actor(), mission_id, version=form.posted_version, **data
        )
    ):
        return _back(mission_id, gettext("The assessment was recorded."))
    return _form_page(form, dossier.mission, gettext("Record the assessment"), gettext("Record"))


@one_mission.form("/waiver", permission=EDIT)
def waiver(mission_id: UUID) -> ResponseReturnValue:
    """Record why a mission goes ahead without an assessment."""
    dossier = service.dossier_for_edit(actor(), mission_id)
    known = dossier.waiver
    form = Form(schemas.WaiverSchema(), values=known, version=known.version if known else None)
    if form.accepts(
        lambda data: service.record_waiver(actor(), mission_id, version=form.posted_version, **data)
    ):
        return _back(mission_id, gettext("The waiver was recorded."))
    return _form_page(form, dossier.mission, gettext("Waive the assessment"), gettext("Record"))


@one_mission.form("/completion", permission=EDIT)
def completion(mission_id: UUID) -> ResponseReturnValue:
    """Record when the report was issued and the accounts were settled."""
    mission = service.mission_for_edit(actor(), mission_id)
    form = Form(schemas.CompletionSchema(), values=mission, version=mission.version)
    if form.accepts(
        lambda data: service.record_completion(
            actor(), mission_id, version=form.posted_version, **data
        )
    ):
        return _back(mission_id, gettext("The mission was saved."))
    return _form_page(form, mission, gettext("Report and accounts"), gettext("Save"))


@one_mission.form("/end", permission=EDIT)
def end(mission_id: UUID) -> ResponseReturnValue:
    """Cancel or downsize a mission."""
    mission = service.mission_for_edit(actor(), mission_id)
    form = Form(schemas.EndingSchema(), version=mission.version)
    if form.accepts(
        lambda data: service.end_mission(actor(), mission_id, version=form.posted_version, **data)
    ):
        return _back(mission_id, gettext("The mission has ended."))
    return _form_page(
        form, mission, gettext("Cancel or downsize the mission"), gettext("End the mission")
    )


@one_mission.action("/advance", permission=SEE)
def advance(mission_id: UUID) -> ResponseReturnValue:
    """Take a mission to its next state."""
    mission = service.advance(actor(), mission_id, version=posted_version())
    state = gettext(words.STATES[MissionState(mission.state)])
    return _back(mission_id, gettext("The mission is now: %(state)s.", state=state))


def _narrowed() -> MissionFilter:
    """The filter in the address; what cannot be read narrows nothing."""
    schema = schemas.MissionFilterSchema()
    given = {name: request.args[name] for name in schema.fields if request.args.get(name)}
    try:
        return MissionFilter(**schema.load(given))
    except ValidationError as error:
        readable = error.valid_data if isinstance(error.valid_data, dict) else {}
        return MissionFilter(**readable)


def _in_address(narrowed: MissionFilter) -> dict[str, Any]:
    return {name: value for name, value in vars(narrowed).items() if value}


def _named(countries: list[str]) -> list[tuple[str, str]]:
    """Countries with their names in the reader's language, sorted by name."""
    named = [(code, country_name(code, language())) for code in countries]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def _words() -> dict[str, Mapping[Any, str]]:
    """What the templates call kinds, states and findings."""
    return {
        "kinds": words.KINDS,
        "states": words.STATES,
        "invitation_states": words.INVITATION_STATES,
        "findings": words.FINDINGS,
    }


def _crumbs(*last: str, mission: Mission | None = None) -> list[Link]:
    trail = [Link(gettext("Missions"), url_for("missions.index"))]
    if mission is not None:
        trail.append(Link(mission.title, url_for("mission.overview", mission_id=mission.id)))
    return [*trail, *(Link(label, "") for label in last)]


def _form_page(form: Form, mission: Mission, title: str, submit: str) -> ResponseReturnValue:
    return form.render(
        "missions/form.html",
        mission=mission,
        title=title,
        submit=submit,
        crumbs=_crumbs(title, mission=mission),
    )


def _back(mission_id: UUID, told: str) -> ResponseReturnValue:
    flash(told, "ok")
    return see_other("mission.overview", mission_id=mission_id)
