"""Every change is on the trail, once, with what differed."""

from decimal import Decimal

import pytest
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import ProgrammingError

from kernel.audit import chain, record, record_refusal
from kernel.audit.keys import ciphers_for, ciphers_of, destroy_key
from kernel.audit.models import AuditEntry, AuditSeal
from kernel.db import db
from kernel.identity.models import Organisation, Person
from tests.conftest import DATABASE


def entries():
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


@pytest.fixture
def organisation(factory):
    return factory.organisation("Electoral Commission of Nowhere")


@pytest.fixture
def actor(factory, organisation):
    return factory.actor("Ama Fictional", organisation=organisation)


def test_only_what_differs_is_kept(actor, organisation, inside):
    with inside():
        record(
            actor,
            "organisation.changed",
            organisation,
            before={"name": "Old", "region": "pacific", "share": Decimal("1.50")},
            after={"name": "New", "region": "pacific", "share": Decimal("2.50")},
        )
    with inside():
        [entry] = entries()
    assert entry.before == {"name": "Old", "share": "1.50"}
    assert entry.after == {"name": "New", "share": "2.50"}
    assert (entry.actor_id, entry.object_kind, entry.object_id, entry.object_label) == (
        actor.person_id,
        "organisation",
        str(organisation.id),
        "Electoral Commission of Nowhere",
    )


def test_an_entry_knows_the_id_of_a_record_made_a_moment_ago(actor, inside):
    with inside():
        made = Organisation(kind="partner", name="Regional body", sort_key="regional body")
        db.session.add(made)
        record(actor, "organisation.created", made, after={"name": made.name})
    with inside():
        assert entries()[-1].object_id == str(made.id)


def test_an_entry_is_rolled_back_with_its_change(actor, organisation, inside):
    with inside():
        record(actor, "organisation.changed", organisation)
        db.session.rollback()
    with inside():
        assert entries() == []


def test_a_refusal_outlives_the_rollback(actor, inside):
    with inside():
        record_refusal(actor, "refused", kind="route", object_id="admin.people")
        db.session.rollback()
    with inside():
        assert [entry.action for entry in entries()] == ["refused"]


def test_a_float_is_refused(actor, organisation, inside):
    with inside(), pytest.raises(TypeError, match="float"):
        record(actor, "organisation.changed", organisation, after={"share": 0.1})


def test_the_application_can_neither_change_nor_delete_an_entry(actor, organisation, inside):
    with inside():
        record(actor, "organisation.changed", organisation)
    for statement in (
        update(AuditEntry).values(action="x"),
        text("delete from kernel.audit_entry"),
    ):
        with inside():
            with pytest.raises(ProgrammingError, match="permission denied"):
                db.session.execute(statement)
            db.session.rollback()


def test_personal_values_need_a_person(actor, organisation, inside):
    with inside(), pytest.raises(ValueError, match="whose"):
        record(actor, "account.changed", organisation, after={"address": "x"}, personal=["address"])


def _change_address(actor):
    person = db.session.get(Person, (actor.tenant_id, actor.person_id))
    record(
        actor,
        "account.address-changed",
        person,
        before={"address": "old@example.org", "confirmed": True},
        after={"address": "new@example.org", "confirmed": False},
        personal=["address"],
    )


def test_personal_values_are_encrypted_and_readable_with_the_key(actor, inside):
    with inside():
        _change_address(actor)
    with inside():
        [entry] = entries()
        cipher = ciphers_of({actor.person_id})[actor.person_id]
    assert "example.org" not in str(entry.before) + str(entry.after)
    assert "Ama" not in entry.object_label
    assert cipher.decrypt(entry.after["address"]["encrypted"]) == '"new@example.org"'
    assert entry.after["confirmed"] is False


def test_many_people_get_their_keys_at_once_and_keep_the_ones_they_had(
    actor, factory, inside, queries
):
    people = {actor.person_id, *(factory.actor().person_id for _ in range(3))}
    with inside():
        _change_address(actor)  # gives her a key
        [entry] = entries()
        with queries() as seen:
            ciphers = ciphers_for(people)
        assert len(seen) == 3
        assert ciphers.keys() == people
        assert ciphers[actor.person_id].decrypt(entry.after["address"]["encrypted"])
        texts = {person: cipher.encrypt("a name") for person, cipher in ciphers.items()}
    with inside():
        again = ciphers_for(people)
        assert all(again[person].decrypt(text) == "a name" for person, text in texts.items())


def test_erasing_a_person_leaves_a_chain_that_verifies(actor, inside):
    with inside():
        _change_address(actor)
    with inside():
        assert chain.seal() == 1
        destroy_key(actor.person_id)
    with inside():
        assert ciphers_of({actor.person_id}) == {}
        assert chain.verify().holds


def test_verification_tells_the_unsealed_tail(actor, organisation, inside):
    with inside():
        record(actor, "organisation.changed", organisation)
        chain.seal()
        record(actor, "organisation.changed", organisation)
    with inside():
        verdict = chain.verify()
    assert (verdict.sealed, verdict.unsealed, verdict.holds) == (1, 1, True)
    assert verdict.oldest_unsealed is not None


def test_sealing_again_continues_the_chain(actor, organisation, inside):
    for _ in range(3):
        with inside():
            record(actor, "organisation.changed", organisation)
            assert chain.seal() == 1
    with inside():
        assert chain.seal() == 0
        assert [
            s.position for s in db.session.scalars(select(AuditSeal).order_by(AuditSeal.position))
        ] == [1, 2, 3]
        assert chain.verify().holds


@pytest.mark.parametrize(
    "forgery",
    [
        "update kernel.audit_entry set action = 'nothing.happened'",
        'update kernel.audit_entry set after = \'{"name": "Forged"}\'',
        "update kernel.audit_entry set at = at - interval '1 day'",
        "update kernel.audit_entry set actor_id = null",
    ],
)
def test_a_forged_entry_breaks_the_chain(actor, organisation, inside, server, tenant, forgery):
    for _ in range(3):
        with inside():
            record(actor, "organisation.changed", organisation, after={"name": "True"})
            chain.seal()
    with create_engine(server.superuser_url(DATABASE)).begin() as owner:
        owner.execute(
            text(
                f"{forgery} where tenant_id = :tenant and id = (select entry_id from kernel.audit_seal"
                " where tenant_id = :tenant and position = 2)"
            ),
            {"tenant": tenant.id},
        )
    with inside():
        assert chain.verify().broken_at == 2


def test_a_removed_link_breaks_the_chain(actor, organisation, inside, server, tenant):
    for _ in range(3):
        with inside():
            record(actor, "organisation.changed", organisation)
            chain.seal()
    with create_engine(server.superuser_url(DATABASE)).begin() as owner:
        owner.execute(
            text("delete from kernel.audit_seal where tenant_id = :tenant and position = 2"),
            {"tenant": tenant.id},
        )
    with inside():
        assert chain.verify().broken_at == 2
