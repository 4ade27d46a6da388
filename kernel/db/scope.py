"""Whose rows a transaction may see: the tenant, and in it the person and her organisations.

The scope travels in a context variable and is announced to PostgreSQL at the start of every
transaction with `set_config(…, true)`, which ends with the transaction: a session-level setting would
leak to the next client of a connection pooler. Row level security reads it; without it there are no rows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from kernel.db.direct import tell


@dataclass(frozen=True)
class Scope:
    """The tenant, and who acts in it (nobody before sign-in).

    `modules` are those switched on in the tenant, where whoever opened the scope knows them; the
    database is not told.
    """

    tenant: int
    person: UUID | None = None
    organisations: tuple[UUID, ...] = ()
    modules: frozenset[str] | None = None

    def settings(self) -> dict[str, str]:
        """The three settings as PostgreSQL reads them."""
        return {
            "tenant": str(self.tenant),
            "person": str(self.person or ""),
            "organisations": "{" + ",".join(map(str, self.organisations)) + "}",
        }


_scope: ContextVar[Scope | None] = ContextVar("comitia_scope", default=None)

ANNOUNCE = (
    "select set_config('comitia.tenant', %(tenant)s, true),"
    " set_config('comitia.person', %(person)s, true),"
    " set_config('comitia.organisations', %(organisations)s, true)"
)
"""What tells PostgreSQL a scope for the length of a transaction; its values are `Scope.settings`."""


def current_scope() -> Scope | None:
    """The scope in force, if any."""
    return _scope.get()


def require_scope() -> Scope:
    """The scope in force.

    Raises RuntimeError where there is none: nothing may be written outside a tenant.
    """
    scope = _scope.get()
    if scope is None:
        raise RuntimeError("no tenant in scope")
    return scope


def enter(scope: Scope) -> Token[Scope | None]:
    """Put a scope in force until `leave`; `scoped` is the usual way."""
    return _scope.set(scope)


def leave(token: Token[Scope | None]) -> None:
    """End the scope that `enter` began."""
    _scope.reset(token)


@contextmanager
def scoped(
    tenant: int, *, person: UUID | None = None, organisations: Sequence[UUID] = ()
) -> Iterator[Scope]:
    """Act in a tenant for the length of a block."""
    scope = Scope(tenant, person, tuple(organisations))
    token = enter(scope)
    try:
        yield scope
    finally:
        leave(token)


def become(session: Session, person: UUID, organisations: Sequence[UUID]) -> None:
    """Name the person in the running transaction, once sign-in has told who it is."""
    scope = replace(require_scope(), person=person, organisations=tuple(organisations))
    _scope.set(scope)
    if session.in_transaction():
        _announce(session, session.connection(), scope)


def announce(connection: Connection, scope: Scope) -> None:
    """Tell PostgreSQL the scope for the length of the connection's transaction."""
    tell(connection, ANNOUNCE, scope.settings())


def _announce(session: Session, connection: Connection, scope: Scope) -> None:
    announce(connection, scope)
    session.info["scope"] = scope


@event.listens_for(Session, "after_begin")
def _announce_at_begin(
    session: Session, _transaction: SessionTransaction, connection: Connection
) -> None:
    session.info.pop("scope", None)
    scope = _scope.get()
    if scope is not None:
        _announce(session, connection, scope)


@event.listens_for(Session, "do_orm_execute")
def _refuse_another_tenant(state: ORMExecuteState) -> None:
    check_tenant(state.session)


@event.listens_for(Session, "before_flush")
def _refuse_flush_to_another_tenant(session: Session, *_: object) -> None:
    check_tenant(session)


def check_tenant(session: Session) -> None:
    """Raises RuntimeError when the transaction was begun in another tenant than the one in scope."""
    announced: Scope | None = session.info.get("scope")
    scope = _scope.get()
    if (
        announced is not None
        and session.in_transaction()
        and (scope is None or scope.tenant != announced.tenant)
    ):
        raise RuntimeError("the tenant changed inside a transaction")
