"""The wall as the session draws it: no tenant, no rows; one tenant per transaction."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from kernel.db import Scope, current_scope, db, own_transaction, scoped
from kernel.db.scope import become
from kernel.identity.models import Affiliation, Organisation, Person
from kernel.values import clock
from tests.factories import Factory


def people():
    return db.session.scalar(select(func.count()).select_from(Person))


@pytest.fixture
def other(app, make_tenant):
    """Another network with a person and an organisation."""
    return Factory(app, make_tenant())


def test_without_a_tenant_there_are_no_rows(app, factory):
    actor = factory.actor()
    with app.app_context():
        assert people() == 0
    with app.app_context(), scoped(actor.tenant_id):
        assert people() == 1


def test_without_a_tenant_nothing_is_written(app):
    with app.app_context():
        db.session.add(Person(name="Nobody", sort_key="nobody"))
        with pytest.raises(StatementError, match="no tenant in scope"):
            db.session.flush()
        db.session.rollback()


def test_each_tenant_sees_its_own_rows(app, factory, other):
    ours, theirs = factory.actor(), other.actor()
    for actor in (ours, theirs):
        with app.app_context(), scoped(actor.tenant_id):
            assert db.session.scalars(select(Person.id)).all() == [actor.person_id]


def test_a_row_made_for_another_tenant_is_refused(app, factory, other):
    with app.app_context(), scoped(factory.tenant.id):
        db.session.add(Person(tenant_id=other.tenant.id, name="Smuggled", sort_key="smuggled"))
        with pytest.raises(DBAPIError, match="row-level security"):
            db.session.flush()
        db.session.rollback()


def test_a_row_cannot_be_moved_to_another_tenant(app, factory, other):
    actor = factory.actor()
    with app.app_context(), scoped(actor.tenant_id):
        with pytest.raises(DBAPIError, match="row-level security"):
            db.session.execute(
                text("update kernel.person set tenant_id = :t where id = :id"),
                {"t": other.tenant.id, "id": actor.person_id},
            )
        db.session.rollback()


def test_a_foreign_key_refuses_another_tenants_row(app, factory, other):
    """A key on the id alone would accept it: the id exists, in the other network."""
    ours, theirs = factory.actor(), other.organisation()
    with app.app_context(), scoped(ours.tenant_id):
        db.session.add(
            Affiliation(
                person_id=ours.person_id,
                organisation_id=theirs.id,
                began_on=clock.now().date(),
            )
        )
        with pytest.raises(IntegrityError, match="fk_affiliation_tenant_id_organisation_id"):
            db.session.flush()
        db.session.rollback()


def test_the_tenant_cannot_change_inside_a_transaction(app, factory, other):
    with app.app_context(), scoped(factory.tenant.id):
        people()
        with scoped(other.tenant.id), pytest.raises(RuntimeError, match="tenant changed"):
            people()
        db.session.rollback()
        with scoped(other.tenant.id):
            assert people() == 0


def test_nothing_is_flushed_into_another_tenant(app, factory, other):
    with app.app_context(), scoped(factory.tenant.id):
        people()
        db.session.add(Organisation(kind="partner", name="Late", sort_key="late"))
        with scoped(other.tenant.id), pytest.raises(RuntimeError, match="tenant changed"):
            db.session.flush()
        db.session.rollback()


def test_the_scope_does_not_outlive_its_transaction_on_the_connection(app, factory):
    """What a pooler's next client would find: nothing."""
    names = [f"comitia.{name}" for name in ("tenant", "person", "organisations")]
    settings = "select " + ", ".join(f"current_setting('{name}', true)" for name in names)
    person, organisation = uuid4(), uuid4()
    with (
        app.app_context(),
        scoped(factory.tenant.id, person=person, organisations=[organisation]),
    ):
        said = (str(factory.tenant.id), str(person), f"{{{organisation}}}")
        assert tuple(db.session.execute(text(settings)).one()) == said
        raw = db.session.connection().connection.dbapi_connection
        db.session.commit()
        assert raw.execute(settings).fetchone() == ("", "", "")


def test_naming_the_person_reaches_the_running_transaction(app, factory):
    person, organisation = uuid4(), uuid4()
    with app.app_context(), scoped(factory.tenant.id):
        people()
        become(db.session(), person, [organisation])
        assert current_scope() == Scope(factory.tenant.id, person, (organisation,))
        settings = (
            "select current_setting('comitia.person'), current_setting('comitia.organisations')"
        )
        assert tuple(db.session.execute(text(settings)).one()) == (
            str(person),
            f"{{{organisation}}}",
        )


def test_own_transaction_survives_the_rollback_around_it(app, factory):
    with app.app_context(), scoped(factory.tenant.id):
        db.session.add(Person(name="Rolled back", sort_key="rolled back"))
        db.session.flush()
        with own_transaction() as session:
            assert session.scalar(select(func.count()).select_from(Person)) == 0
            session.add(Person(name="Kept", sort_key="kept"))
        db.session.rollback()
        assert db.session.scalars(select(Person.name)).all() == ["Kept"]


def test_own_transaction_is_rolled_back_when_its_block_fails(app, factory):
    def fail():
        with own_transaction() as session:
            session.add(Person(name="Lost", sort_key="lost"))
            session.flush()
            raise ValueError("no")

    with app.app_context(), scoped(factory.tenant.id):
        with pytest.raises(ValueError, match="no"):
            fail()
        assert people() == 0


def test_own_transaction_is_behind_the_wall_too(app, factory, other):
    other.actor()
    with app.app_context(), scoped(factory.tenant.id), own_transaction() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
