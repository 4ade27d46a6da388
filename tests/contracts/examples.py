"""One populated network, built through the services, and where its objects' ids go in an address.

A route with a parameter nobody gave an example for fails its contract: add the parameter to `TABLES`,
and to `_populate` what fills that table.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import text
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule

from kernel.accounts.services import invitations
from kernel.db import db, scoped
from kernel.identity.actor import Actor, HeldRole
from kernel.identity.models import ApiToken
from kernel.identity.permissions import known_permissions, known_roles
from kernel.questions import Subject
from kernel.web.visitors import digest
from missions.budgets import service as budgets
from missions.budgets.rules.catalogue import Driver
from missions.budgets.rules.lines import LineEntry
from missions.missions import service as missions
from missions.missions.rules import InvitationState, MissionKind, Precision
from missions.plan import service as plans
from missions.plan.rules import Timing
from missions.roster import service as roster
from network.members import service as members
from tests.contracts.network_examples import (
    NETWORK_TABLES,
    OF_ROUTES,
    crowd_door,
    crowd_network,
    populate_network,
)
from tests.contracts.routes import is_api
from tests.contracts.training_examples import (
    TRAINING_ROUTES,
    TRAINING_TABLES,
    crowd_training,
    populate_training,
)
from tests.factories import Factory, TestTenant
from tests.factories.missions import start_budget
from tests.factories.network import end_affiliations
from tests.pages import Browser, check_headers

TABLES = {
    "affiliation_id": "kernel.affiliation",
    "grant_id": "kernel.role_grant",
    "import_id": "kernel.kept_import where kind = 'member'",
    "invitation_id": "kernel.invitation where organisation_id is not null",
    "mission_id": "missions.mission",
    "nomination_id": "missions.nomination",
    "organisation_id": "kernel.organisation",
    "person_id": "kernel.person",
    "session_id": "training.session",
    "sign_in_session_id": "kernel.sign_in_session",
    "task_id": "missions.task",
    "token_id": "kernel.api_token",
    **NETWORK_TABLES,
    **TRAINING_TABLES,
}
"""Where the objects lie that a parameter of this name stands for."""

PLAIN = {
    "code": "2222-3333-4444-5555",  # of no certificate
    "currency": "USD",
    "key": "deployment",
    "kind": "csv",
    "number": "1",
    "page": "1",
    "position": "1",
    "status": "404",
}
"""Parameters that name no object of a network."""

ROUTES = OF_ROUTES | TRAINING_ROUTES

LEFT_OVER = "focal_point"
"""The one role she does not hold, which opens nothing the others do not, so that it can be given."""

MEMBERS_FILE = (
    b"country,name,region\nFJ,Fijian Elections Office,pacific\nTV,Tuvalu Electoral Office,pacific\n"
)


@dataclass
class Visitor:
    """Somebody's browser and API token, and how she asks."""

    browser: Browser
    token: str
    # A page of hers with a form, for the CSRF token of her session.
    form_page: str = "/account/profile"

    @cached_property
    def csrf_token(self) -> str:
        """The token that any of her forms would carry."""
        page = self.browser.get(self.form_page)
        return next(
            e.get("value", "") for e in page.document.iter("input") if e.get("name") == "csrf_token"
        )

    def ask(
        self,
        rule: Rule,
        method: str,
        path: str,
        data: dict[str, Any] | None = None,
        query: dict[str, Any] | None = None,
    ) -> Any:
        """The answer to a request, through the door of the route: JSON with her token, or a form."""
        options: dict[str, Any] = {"method": method, "base_url": self.browser.base_url}
        if query:
            options["query_string"] = query
        if is_api(rule):
            options["headers"] = {"Authorization": f"Bearer {self.token}", "If-Match": '"1"'}
            sends_file = any(isinstance(value, tuple) for value in (data or {}).values())
            body = "data" if sends_file else "json"
            if method == "GET":
                options["query_string"] = (query or {}) | (data or {})
            else:
                options[body] = data or {}
        elif method != "GET":
            options["data"] = {"csrf_token": self.csrf_token, **(data or {})}
        client = (
            self.browser.client.application.test_client() if is_api(rule) else self.browser.client
        )
        answer = client.open(path, **options)
        check_headers(answer)
        return answer


@dataclass
class Example:
    """A network with some of everything, and somebody who may do everything in it."""

    app: Flask
    tenant: TestTenant
    actor: Actor
    token: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=PLAIN.copy)

    @cached_property
    def visitor(self) -> Visitor:
        """The one who may do everything."""
        return Visitor(Browser.at(self.app, self.tenant.host, self.actor), self.token)

    def outsider(self) -> Visitor:
        """Somebody with an account who belongs to no organisation any more: no role, no permission."""
        factory = Factory(self.app, self.tenant)
        gone = factory.actor("Former Fictional", organisation=factory.organisation(kind="partner"))
        token = secrets.token_urlsafe(32)
        with self.inside():
            end_affiliations(gone)
            _token(gone, token, "outsider")
        return Visitor(Browser.at(self.app, self.tenant.host, gone), token)

    def path(self, rule: Rule, **instead: str) -> str:
        """The address of a route, its parameters filled with objects of this network but for those given.

        Raises KeyError for a parameter nobody gave an example for.
        """
        own = rule.arguments - instead.keys()
        values = {name: self.parameter(rule, name) for name in own} | instead
        with self.app.test_request_context(base_url=f"http://{self.tenant.host}"):
            return str(self.app.url_map.bind(self.tenant.host).build(rule.endpoint, values))

    def parameter(self, rule: Rule, name: str) -> str:
        """The object of this network that a parameter of a route stands for."""
        of_blueprint = ROUTES.get(rule.endpoint.partition(".")[0], {})
        return self.value(ROUTES.get(rule.endpoint, of_blueprint).get(name, name))

    def stranger(self) -> Visitor:
        """Somebody who is not signed in."""
        return Visitor(Browser.at(self.app, self.tenant.host), "none", form_page="/sign-in")

    def value(self, name: str) -> str:
        """An id, or a plain value, for a parameter."""
        return self.plain.get(name) or self.ids[name][0]

    def ids_now(self) -> dict[str, list[str]]:
        """The ids of all there is, the oldest first, by the parameters that stand for such objects."""
        with self.inside():
            return {name: _ids(table) for name, table in TABLES.items()}

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Run services in this network and commit."""
        actor = self.actor
        with (
            self.app.app_context(),
            scoped(self.tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
        ):
            yield
            db.session.commit()


def build(app: Flask, tenant: TestTenant, *, items: int) -> Example:
    """A network with `items` of everything that is listed, and as many children of the first parents."""
    factory = Factory(app, tenant)
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    actor = factory.actor(
        "Everything Fictional",
        organisation=secretariat,
        roles=sorted(set(known_roles()) - {LEFT_OVER}),
    )
    token = secrets.token_urlsafe(32)
    example = Example(app, tenant, actor, token)
    colleague = factory.actor("Colleague Fictional", organisation=secretariat)
    more = [
        factory.actor(organisation=factory.organisation()) for _ in range(items if items > 1 else 0)
    ]
    for number in range(items):
        factory.organisation(f"Commission {number}", country=("TO", "WS", "KI")[number])
        with example.inside():
            _populate(example, colleague, number)
    if more:
        _crowd(example, colleague, more)
    assert example.visitor.csrf_token  # signed in: there is a session too
    with example.inside():
        # The token in use comes last: the one an address names may be revoked.
        _token(actor, token, "In use")
    example.ids = example.ids_now()
    return example


def _populate(example: Example, colleague: Actor, number: int) -> None:
    """One of everything."""
    actor = example.actor
    populate_network(actor, colleague, number)
    _token(actor, secrets.token_urlsafe(32), f"Token {number}")
    invitations.invite(
        actor,
        actor.organisation_ids[0],
        name=f"Guest Fictional {number}",
        address=f"guest{number}@example.org",
    )
    members.imports.keep_upload(actor, "members.csv", MEMBERS_FILE)
    mission = missions.create_mission(
        actor,
        kind=MissionKind.OBSERVATION,
        title=f"Election {number} (fictional)",
        country="TO",
        polling_day=date(2027, 3, 14),
        precision=Precision.DAY,
        time_zone="Pacific/Tongatapu",
        observers=4,
        staff=2,
    )
    db.session.flush()
    plans.add_task(
        actor,
        mission.id,
        title=f"Brief observers {number}",
        timing=Timing.ANCHORED,
        offset_days=-7,
        days=2,
    )
    missions.record_invitation(
        actor,
        mission.id,
        version=1,
        state=InvitationState.RECEIVED,
        on=date(2026, 1, 5),
        issued_by="Chair (fictional)",
        letter=FileStorage(BytesIO(b"%PDF-1.7\n%%EOF\n"), "letter.pdf"),
    )
    _budget(actor, Subject("mission", mission.id))
    populate_training(actor, colleague, number)
    roster.nominate(actor, mission.id, person_id=colleague.person_id)


def _crowd(example: Example, colleague: Actor, more: Sequence[Actor]) -> None:
    """More of what lists show of one parent: members, posts, tasks, participants, sessions of an account."""
    actor, factory = example.actor, Factory(example.app, example.tenant)
    asking, invited = (
        [factory.actor(organisation=factory.organisation()) for _ in more] for _ in range(2)
    )
    for _ in more:
        Browser.at(example.app, example.tenant.host, actor)
    with example.inside():
        first = {name: UUID(_ids(TABLES[name])[0]) for name in ("mission_id", "workshop_id")}
        for number, _ in enumerate(more):
            plans.add_task(
                actor,
                first["mission_id"],
                title=f"Pack {number}",
                timing=Timing.ANCHORED,
                offset_days=-7 - number,
                days=2,
            )
        crowd_network(actor, colleague, more)
        crowd_door(actor, asking, invited)
        crowd_training(actor, first["workshop_id"], more)
        db.session.flush()
        for person in more:
            roster.nominate(actor, first["mission_id"], person_id=person.person_id)
        budget = Subject("mission", first["mission_id"])
        draft = _crowd_versions(actor, colleague, budget)
        example.plain["number"] = str(draft)
        _crowd_budget(actor, budget, draft)


def _budget(actor: Actor, subject: Subject) -> None:
    start_budget(actor, subject)
    budgets.set_rate(
        actor,
        subject,
        1,
        currency="USD",
        units_per_base=Decimal("1.25"),
        quoted_on=date(2026, 11, 2),
        source="Central bank (fictional)",
    )
    budgets.add_line(actor, subject, 1, _line("USD"))


def _crowd_budget(actor: Actor, subject: Subject, number: int) -> None:
    """A line in each of three more currencies."""
    for currency in ("EUR", "NZD", "AUD"):
        budgets.set_rate(
            actor,
            subject,
            number,
            currency=currency,
            units_per_base=Decimal("1.5"),
            quoted_on=date(2026, 11, 2),
            source="Central bank (fictional)",
        )
        db.session.flush()
        budgets.add_line(actor, subject, number, _line(currency))
        db.session.flush()


def _crowd_versions(actor: Actor, colleague: Actor, subject: Subject) -> int:
    """Two versions that were in force before the draft; returns the draft's number."""
    approver = replace(colleague, held_roles=(HeldRole("approver", None),))
    for number in (1, 2):
        budgets.submit(actor, subject, number, lock=_lock(actor, subject))
        budgets.approve(approver, subject, number, lock=_lock(actor, subject))
        budgets.revise(actor, subject, number, lock=_lock(actor, subject))
    return number + 1


def _lock(actor: Actor, subject: Subject) -> int:
    db.session.flush()
    sheet = budgets.open_sheet(actor, subject)
    assert sheet is not None
    return sheet.version.lock


def _line(currency: str) -> LineEntry:
    return LineEntry(
        category="travel",
        description="Flights",
        driver=Driver.UNITS,
        units=Decimal(4),
        rate=Decimal(900),
        currency=currency,
    )


def _token(actor: Actor, token: str, name: str) -> None:
    db.session.add(
        ApiToken(
            account_id=actor.account_id,
            name=name,
            digest=digest(token),
            scopes=sorted(known_permissions()),
        )
    )


def _ids(table: str) -> list[str]:
    """The ids of a table's rows, oldest first."""
    return [
        str(id)
        for id in db.session.scalars(text(f"select {table.split()[0]}.id from {table} order by 1"))
    ]
