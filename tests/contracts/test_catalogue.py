"""The catalogue gate: no table, key, policy, grant, view or function gets round the wall."""

import pytest

from tests.contracts import catalogue

GOOD = """
create table kernel.planted (tenant_id int not null references kernel.tenant, id uuid not null,
  person_id uuid, primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references kernel.person (tenant_id, id));
alter table kernel.planted enable row level security;
alter table kernel.planted force row level security;
create policy wall on kernel.planted as restrictive
  using (tenant_id = (select nullif(current_setting('comitia.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('comitia.tenant', true), '')::int));
create policy everyone on kernel.planted using (true);
grant select, insert, update, delete on kernel.planted to comitia_app
"""

MISTAKES = [
    (catalogue.tenant_is_not_null, "create table kernel.bad (id uuid primary key)"),
    (catalogue.tenant_is_not_null, "create table missions.bad (tenant_id int, id uuid)"),
    (catalogue.row_security_is_forced, "alter table kernel.planted no force row level security"),
    (catalogue.row_security_is_forced, "alter table kernel.planted disable row level security"),
    (catalogue.one_wall, "drop policy wall on kernel.planted"),
    (catalogue.one_wall, "alter policy wall on kernel.planted with check (true)"),
    (catalogue.one_wall, "alter policy wall on kernel.planted using (tenant_id > 0)"),
    (catalogue.one_wall, "alter policy wall on kernel.planted to comitia_app"),
    (catalogue.one_wall, "create policy more on kernel.planted as restrictive using (true)"),
    (catalogue.some_permission, "drop policy everyone on kernel.planted"),
    (catalogue.primary_keys, "alter table kernel.planted drop constraint planted_pkey"),
    (
        catalogue.foreign_keys,
        "alter table kernel.account add unique (id);"
        "alter table kernel.planted add foreign key (person_id) references kernel.account (id)",
    ),
    (
        catalogue.foreign_keys,
        "create table network.bad (tenant_id int, id uuid, primary key (tenant_id, id));"
        "alter table kernel.planted add foreign key (tenant_id, id) references network.bad",
    ),
    (catalogue.unique_indexes, "create unique index on kernel.planted (person_id)"),
    (catalogue.unique_indexes, "create unique index on kernel.planted (upper(person_id::text))"),
    (catalogue.grants, "grant truncate on kernel.planted to comitia_app"),
    (catalogue.grants, "grant references on kernel.planted to comitia_worker"),
    (catalogue.grants, "grant insert on kernel.planted to comitia_report"),
    (catalogue.grants, "grant select on kernel.planted to public"),
    (catalogue.append_only, "grant delete on kernel.audit_entry to comitia_worker"),
    (catalogue.append_only, "grant update (digest) on kernel.audit_seal to comitia_app"),
    (catalogue.append_only, "revoke update, delete on kernel.planted from comitia_app"),
    (
        catalogue.logins_own_and_create_nothing,
        "grant create on schema kernel to comitia_app",
    ),
    (catalogue.views, "create view kernel.seen as select * from kernel.planted"),
    (catalogue.views, "create materialized view kernel.kept as select 1"),
    (
        catalogue.definer_functions,
        "create function kernel.f() returns int language sql security definer as 'select 1'",
    ),
    (catalogue.readable_without_tenant, "alter table kernel.planted disable row level security"),
    (
        catalogue.readable_without_tenant,
        "revoke select on kernel.tenant_host from comitia_app"
        ";revoke select on kernel.tenant_host from comitia_worker",
    ),
]


@pytest.mark.parametrize("rule", catalogue.RULES, ids=lambda rule: rule.__name__)
def test_the_database_keeps_the_rule(superuser, rule):
    assert rule(superuser) == []


def test_a_table_made_by_the_rules_passes(superuser, planted):
    planted(GOOD)
    assert [rule(superuser) for rule in catalogue.RULES] == [[]] * len(catalogue.RULES)


@pytest.mark.parametrize(
    ("rule", "mistake"), MISTAKES, ids=[f"{r.__name__}-{n}" for n, (r, _) in enumerate(MISTAKES)]
)
def test_the_gate_sees_the_mistake(superuser, planted, rule, mistake):
    planted(GOOD)
    planted(mistake)
    assert rule(superuser) != []


def test_every_rule_has_been_seen_to_fail():
    assert {rule for rule, _ in MISTAKES} == set(catalogue.RULES)
