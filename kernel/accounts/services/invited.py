"""Whom an invitation is for: found by her address, or made, by the same statements for every address.

Whoever may invite is not to learn who is known, neither from what is shown nor from the time it takes.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Insert, insert, literal, select
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from kernel.accounts import queries
from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.identity.models import Account, Person
from kernel.questions.known_people import known_person
from kernel.values import clock
from kernel.values.sorting import sort_key


def invited_account(name: str, address: str) -> tuple[Account, Person]:
    """The account of an address, made without a password where there is none.

    Whoever is known at the address without an account is that person, and finds her own record. Of two
    who invite the same address at once, the second waits and finds what the first made.
    """
    known_id, stranger_id = known_person(address), new_id()
    db.session.execute(_opening(known_id or stranger_id, stranger_id, name, address))
    return queries.account_and_person(address)


def _opening(person_id: UUID, stranger_id: UUID, name: str, address: str) -> Insert:
    """Open an account where the address has none, and make the person it is for where nobody is known.

    One statement: an address that has an account leaves no person behind.
    """
    tenant_id = require_scope().tenant
    account = {
        "tenant_id": tenant_id,
        "id": new_id(),
        "person_id": person_id,
        "address": address,
        "totp_counter": 0,
        "theme": "auto",
        "created_at": clock.now(),
        "version": 1,
    }
    opened = (
        insert_or_leave(Account)
        .values(account)
        .on_conflict_do_nothing(index_elements=[Account.tenant_id, Account.address])
        .returning(Account.person_id)
        .cte("opened")
    )
    stranger: dict[str, Any] = {
        "tenant_id": tenant_id,
        "id": stranger_id,
        "name": name,
        "sort_key": sort_key(name),
        "version": 1,
    }
    columns = Person.__table__.c
    values = [literal(value, columns[key].type) for key, value in stranger.items()]
    for_stranger = select(*values).where(opened.c.person_id == stranger_id)
    return insert(Person).from_select(list(stranger), for_stranger)
