"""The pages of a mission's team: who is nominated, and finding people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import ValidationError

from kernel.errors import Invalid
from kernel.fields import Schema
from kernel.questions.credentials import MOST, Trained
from kernel.web import Pages, actor, posted_version, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.languages import translated
from kernel.web.menu import Link
from missions.missions.queries import Mission
from missions.permissions import MissionsPermission
from missions.roster import schemas, service
from missions.roster.service import Search
from missions.roster.words import FREEDOM, FREEDOM_KINDS, GENDERS, KINDS, STATES, STEPS

SEE: Final = MissionsPermission.TEAM_SEE
EDIT: Final = MissionsPermission.TEAM_EDIT

pages = Pages(
    "team",
    __name__,
    url_prefix="/missions/<uuid:mission_id>/team",
    section="missions",
    known_to=MissionsPermission.MISSION_SEE,
)


@pages.page("", permission=SEE)
def index(mission_id: UUID) -> ResponseReturnValue:
    """Everybody nominated, with the facts they were nominated on."""
    team = service.team_of(actor(), mission_id)
    return render(
        "roster/index.html",
        team=team,
        mission=team.mission,
        by_state=[(gettext(STATES[state]), team.by_state[state]) for state in team.by_state],
        by_gender=_by_gender(one.person for one in team.nominated),
        removed=_removed(),
        crumbs=_crumbs(team.mission),
        words=_words(),
    )


@pages.page("/find", permission=EDIT)
def find(mission_id: UUID) -> ResponseReturnValue:
    """People who are trained and agreed to be found, narrowed by what stands in the address."""
    asked = asked_in_address(schemas.SearchSchema)
    found = service.find_people(actor(), mission_id, Search(**schemas.search_of(asked)))
    return render(
        "roster/find.html",
        found=found,
        mission=found.mission,
        programmes=[(code, code) for code in found.answer.programmes],
        query=_query(asked),
        most=MOST,
        by_gender=_by_gender(one.person for one in found.candidates),
        crumbs=_crumbs(found.mission, gettext("Find people")),
        words=_words(),
    )


@pages.action("/nominate", permission=EDIT)
def nominate(mission_id: UUID) -> ResponseReturnValue:
    """Nominate somebody; the search that found her stays in the address."""
    service.mission_for_edit(actor(), mission_id)
    person_id = _loaded(schemas.NominateSchema())["person_id"]
    service.nominate(actor(), mission_id, person_id=person_id)
    flash(gettext("The person is nominated."), "ok")
    return see_other(
        "team.find", mission_id=mission_id, **_query(asked_in_address(schemas.SearchSchema))
    )


@pages.action("/<uuid:nomination_id>/state", permission=EDIT)
def take_step(mission_id: UUID, nomination_id: UUID) -> ResponseReturnValue:
    """Take a nomination to another state."""
    service.nomination_for_edit(actor(), mission_id, nomination_id)
    state = _loaded(schemas.StepSchema())["state"]
    service.take_step(actor(), mission_id, nomination_id, version=posted_version(), state=state)
    flash(gettext("The nomination was saved."), "ok")
    return see_other("team.index", mission_id=mission_id)


@pages.action("/<uuid:nomination_id>/remove", permission=EDIT)
def remove(mission_id: UUID, nomination_id: UUID) -> ResponseReturnValue:
    """Take an undecided nomination off the list; the team then offers to put it back."""
    removed = service.remove(actor(), mission_id, nomination_id, version=posted_version())
    return see_other(
        "team.index", mission_id=mission_id, removed=removed.id, version=removed.version
    )


@pages.action("/<uuid:nomination_id>/put-back", permission=EDIT)
def put_back(mission_id: UUID, nomination_id: UUID) -> ResponseReturnValue:
    """Undo a removal."""
    service.put_back(actor(), mission_id, nomination_id, version=posted_version())
    flash(gettext("The nomination was put back."), "ok")
    return see_other("team.index", mission_id=mission_id)


def _by_gender(people: Iterable[Trained]) -> list[tuple[str, int]]:
    counted = Counter(person.gender for person in people)
    return [(gettext(label), counted[gender]) for gender, label in GENDERS.items()]


def _removed() -> tuple[UUID, int] | None:
    """The nomination just removed and its version, as the address tells."""
    found, version = request.args.get("removed", type=UUID), request.args.get("version", type=int)
    return None if found is None or version is None else (found, version)


def _words() -> dict[str, Mapping[str, str]]:
    return {
        "state": translated(STATES),
        "step": translated(STEPS),
        "kind": KINDS,
        "freedom": translated(FREEDOM),
        "freedom_kind": FREEDOM_KINDS,
    }


def _query(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that are set, as they stand in addresses."""
    given = {"q": asked["q"], "programme": asked["programme"], "free": asked["free"] and "on"}
    return {name: value for name, value in given.items() if value}


def _loaded(schema: Schema) -> dict[str, Any]:
    """What a button posted; raises Invalid for anything the button would not send."""
    try:
        return schema.load_form(request.form)
    except ValidationError as error:
        raise Invalid(error.messages_dict) from error


def _crumbs(mission: Mission, *last: str) -> list[Link]:
    team_url = url_for("team.index", mission_id=mission.id) if last else ""
    return [
        Link(gettext("Missions"), url_for("missions.index")),
        Link(mission.title, url_for("mission.overview", mission_id=mission.id)),
        Link(gettext("Team"), team_url),
        *(Link(label, "") for label in last),
    ]
