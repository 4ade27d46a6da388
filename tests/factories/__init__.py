"""Makes the people and organisations that tests act with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, text

from kernel.db import db, scoped
from kernel.identity.actor import Actor
from kernel.identity.models import Account, Affiliation, Organisation, Person, RoleGrant
from kernel.identity.queries import actor_by_person
from kernel.values import clock
from kernel.values.sorting import sort_key

_numbers = count(1)


@dataclass(frozen=True)
class TestTenant:
    """A network made for one test."""

    __test__ = False

    id: int
    host: str

    @classmethod
    def create(cls, operator: Engine, number: int) -> "TestTenant":
        """Make a network, under the owner's role, whom the operator may speak for."""
        host = f"n{number}.example.org"
        with operator.begin() as connection:
            connection.execute(text("SET LOCAL ROLE comitia_owner"))
            tenant_id = connection.scalar(
                text("select nextval(pg_get_serial_sequence('kernel.tenant', 'id'))")
            )
            connection.execute(
                text("select set_config('comitia.tenant', :id, true)"), {"id": str(tenant_id)}
            )
            connection.execute(
                text(
                    "insert into kernel.tenant overriding system value values"
                    " (:id, :slug, :name, '{en,fr,ar}', 'Europe/London', '#0b5563', 'active', now(), 1)"
                ),
                {"id": tenant_id, "slug": f"n{number}", "name": f"Test Network {number}"},
            )
            connection.execute(
                text("insert into kernel.tenant_host values (:host, :id)"),
                {"host": host, "id": tenant_id},
            )
        return cls(int(tenant_id or 0), host)


class Factory:
    """Makes rows in one network, each call committed."""

    def __init__(self, app: Flask, tenant: TestTenant) -> None:
        self.app = app
        self.tenant = tenant

    def organisation(self, name: str = "", **values: Any) -> Organisation:
        """An election management body unless `kind` says otherwise."""
        row = _organisation(name, **values)
        with self.app.app_context(), scoped(self.tenant.id):
            db.session.add(row)
            db.session.commit()
        return row

    def actor(
        self,
        name: str = "",
        *,
        organisation: Organisation | None = None,
        roles: Sequence[str] = (),
        **account: Any,
    ) -> Actor:
        """A person with an account, affiliated to an organisation (a new one if none is given)."""
        number = next(_numbers)
        name = name or f"Person {number}"
        account.setdefault("address", f"person{number}@example.org")
        with self.app.app_context(), scoped(self.tenant.id):
            person = Person(name=name, sort_key=sort_key(name))
            its = organisation or _organisation()
            db.session.add_all([person, its] if organisation is None else [person])
            db.session.flush()
            db.session.add_all(
                [
                    Account(person_id=person.id, confirmed_at=clock.now(), **account),
                    Affiliation(
                        person_id=person.id, organisation_id=its.id, began_on=date(2020, 1, 1)
                    ),
                    *(
                        RoleGrant(person_id=person.id, role=role, organisation_id=its.id)
                        for role in roles
                    ),
                ]
            )
            db.session.flush()
            actor = actor_by_person(person.id, clock.now())
            db.session.commit()
        assert actor is not None
        return actor

    def reload(self, person_id: UUID) -> Actor:
        """The actor as she stands now."""
        with self.app.app_context(), scoped(self.tenant.id):
            actor = actor_by_person(person_id, clock.now())
        assert actor is not None
        return actor


def _organisation(name: str = "", **values: Any) -> Organisation:
    number = next(_numbers)
    name = name or f"Electoral Commission {number}"
    values.setdefault("kind", "emb")
    if values["kind"] == "emb":
        values.setdefault("country", _country(number))
    return Organisation(name=name, sort_key=sort_key(name), **values)


_UNASSIGNED = [f"Q{chr(code)}" for code in range(ord("M"), ord("Z") + 1)] + [
    f"X{chr(code)}" for code in range(ord("A"), ord("Z") + 1)
]


def _country(number: int) -> str:
    """One of the 40 codes ISO 3166-1 never assigns, so that a test may give any real one itself."""
    return _UNASSIGNED[number % len(_UNASSIGNED)]
