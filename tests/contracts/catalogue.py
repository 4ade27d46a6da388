"""What the database's catalogue must say, as functions from a connection to a list of violations."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

SCHEMAS = ("kernel", "network", "missions", "training")

WITHOUT_TENANT = {"kernel.alembic_version", "kernel.tenant_host"}
"""Tables of ours that belong to no tenant. A host name leads to its tenant; it is all one can read there."""

TENANT_ITSELF = "kernel.tenant"
"""Here the tenant is the row's own id."""

QUEUE_SCHEMA = "jobs"
"""The tables of the job queue are the queue's own; they hold ids and no personal data."""

READABLE_WITHOUT_TENANT = {"kernel.tenant_host"}

APPEND_ONLY = {
    "kernel.audit_entry",
    "kernel.audit_seal",
    "missions.budget",
    "network.membership_application_step",
    "network.membership_change",
    "network.post_decision",
    "network.post_version",
}
"""To these the programs add and change nothing: the trail, its chain, and what else is kept as it was."""

DEFINER_FUNCTIONS = {
    "kernel.search",
    "kernel.search_counts",
    "kernel.search_suggest",
    "kernel.search_unused",
}
"""Functions that run with the rights of comitia_definer, each with the tenant tested inside."""

WRITERS = ("comitia_app", "comitia_worker")
LOGINS = (*WRITERS, "comitia_report")

WALL = (
    "({column} = ( SELECT (NULLIF(current_setting('comitia.tenant'::text, true), ''::text))::integer"
    ' AS "nullif"))'
)


def tenant_tables(connection: Connection) -> list[str]:
    """Every table that must stand behind the wall."""
    return [name for name in _relations(connection, "rp") if name not in WITHOUT_TENANT]


def tenant_column(table: str) -> str:
    """The column that names the tenant."""
    return "id" if table == TENANT_ITSELF else "tenant_id"


def tenant_is_not_null(connection: Connection) -> list[str]:
    """Every row says whose it is."""
    found = _set(
        connection,
        "select attrelid::regclass::text || '.' || attname from pg_attribute where attnotnull",
    )
    wanted = {f"{table}.{tenant_column(table)}" for table in tenant_tables(connection)}
    return sorted(wanted - found)


def row_security_is_forced(connection: Connection) -> list[str]:
    """Enabled for everybody, forced on the owner."""
    found = _set(
        connection,
        "select oid::regclass::text from pg_class where relrowsecurity and relforcerowsecurity",
    )
    return sorted(set(tenant_tables(connection)) - found)


def one_wall(connection: Connection) -> list[str]:
    """Exactly one restrictive policy, for every command and role, on reading and on writing."""
    rows = connection.execute(
        text(
            "select polrelid::regclass::text as name, polcmd, polroles = '{0}' as everybody,"
            " pg_get_expr(polqual, polrelid) as reading,"
            " pg_get_expr(polwithcheck, polrelid) as writing from pg_policy where not polpermissive"
        )
    ).all()
    violations = []
    for table in tenant_tables(connection):
        wall = WALL.format(column=tenant_column(table))
        walls = [
            (row.polcmd, row.everybody, row.reading, row.writing)
            for row in rows
            if row.name == table
        ]
        if walls != [("*", True, wall, wall)]:
            violations.append(f"{table}: {walls}")
    return violations


def some_permission(connection: Connection) -> list[str]:
    """A wall alone shows nothing: at least one permissive policy stands beside it."""
    found = _set(connection, "select polrelid::regclass::text from pg_policy where polpermissive")
    return sorted(set(tenant_tables(connection)) - found)


def primary_keys(connection: Connection) -> list[str]:
    """(tenant_id, id), in this order."""
    found = {
        row.name: row.columns
        for row in connection.execute(
            text(
                "select conrelid::regclass::text as name, (select array_agg(attname::text order by n)"
                " from unnest(conkey) with ordinality k(num, n) join pg_attribute on"
                " attrelid = conrelid and attnum = num) as columns from pg_constraint"
                " where contype = 'p'"
            )
        )
    }
    return [
        f"{table}: {found.get(table)}"
        for table in tenant_tables(connection)
        if found.get(table) != (["id"] if table == TENANT_ITSELF else ["tenant_id", "id"])
    ]


def foreign_keys(connection: Connection) -> list[str]:
    """Every one carries the tenant, points inside the same tenant, and stays in its module or the kernel."""
    rows = connection.execute(
        text(
            "select conname, conrelid::regclass::text as here, confrelid::regclass::text as there,"
            " (select array_agg(a.attname || '>' || b.attname) from unnest(conkey, confkey) k(x, y)"
            " join pg_attribute a on a.attrelid = conrelid and a.attnum = x"
            " join pg_attribute b on b.attrelid = confrelid and b.attnum = y) as pairs"
            " from pg_constraint where contype = 'f' and conparentid = 0"
        )
    ).all()
    tables = set(tenant_tables(connection))
    violations = []
    for row in rows:
        if row.here not in tables:
            continue
        home, target = row.here.split(".")[0], row.there.split(".")[0]
        if f"{tenant_column(row.here)}>{tenant_column(row.there)}" not in row.pairs:
            violations.append(f"{row.here} {row.conname}: without tenant")
        if target not in (home, "kernel"):
            violations.append(f"{row.here} {row.conname}: points into another module")
    return violations


def unique_indexes(connection: Connection) -> list[str]:
    """Uniqueness across tenants would tell one network what another has."""
    rows = connection.execute(
        text(
            "select indrelid::regclass::text as name, indexrelid::regclass::text as index,"
            " (select array_agg(attname::text) from pg_attribute where attrelid = indrelid"
            " and attnum = any(indkey::int2[])) as columns from pg_index where indisunique"
        )
    ).all()
    tables = set(tenant_tables(connection)) - {TENANT_ITSELF}
    return [
        f"{row.name} {row.index}"
        for row in rows
        if row.name in tables and "tenant_id" not in (row.columns or ())
    ]


def grants(connection: Connection) -> list[str]:
    """Nobody truncates, refers or triggers; reports only read; PUBLIC and strangers get nothing."""
    rows = connection.execute(
        text(
            "select c.oid::regclass::text as name, coalesce(r.rolname, 'PUBLIC') as role,"
            " privilege_type as verb from pg_class c join pg_namespace n on n.oid = relnamespace"
            " cross join lateral aclexplode(relacl) left join pg_roles r on r.oid = grantee"
            " where n.nspname = any(:schemas) and relkind in ('r', 'p', 'v', 'S')"
            " and grantee <> relowner"
        ),
        {"schemas": [*SCHEMAS, QUEUE_SCHEMA]},
    ).all()
    allowed = {role: {"SELECT", "INSERT", "UPDATE", "DELETE", "USAGE"} for role in WRITERS}
    allowed |= {"comitia_report": {"SELECT"}, "comitia_definer": {"SELECT"}}
    return [
        f"{row.name}: {row.verb} for {row.role}"
        for row in rows
        if row.verb not in allowed.get(row.role, set())
    ]


def append_only(connection: Connection) -> list[str]:
    """What is only added to is on the list: no role that signs in may change or delete a row of it."""
    found = connection.scalars(
        text(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where nspname = any(:schemas) and relkind in ('r', 'p')"
            " and has_table_privilege('comitia_app', c.oid, 'INSERT')"
            " and not exists(select from unnest(cast(:logins as name[])) as login"
            " where has_table_privilege(login, c.oid, 'DELETE, TRUNCATE')"
            " or has_any_column_privilege(login, c.oid, 'UPDATE'))"
        ),
        {"schemas": list(SCHEMAS), "logins": [*LOGINS, "comitia_backup"]},
    )
    return sorted(set(found) ^ APPEND_ONLY)


def logins_own_and_create_nothing(connection: Connection) -> list[str]:
    """The application owns no object and can make none."""
    rows = connection.execute(
        text(
            "select rolname || ' owns ' || c.oid::regclass as what from pg_class c"
            " join pg_roles r on r.oid = relowner where rolname = any(:logins)"
            " union all select rolname || ' creates in ' || nspname from pg_roles, pg_namespace"
            " where rolname = any(:logins) and nspname !~ '^pg_'"
            " and has_schema_privilege(rolname, pg_namespace.oid, 'CREATE')"
        ),
        {"logins": list(LOGINS)},
    )
    return [row.what for row in rows]


def views(connection: Connection) -> list[str]:
    """A view reads with the rights of who asks; a materialised one would read past the wall."""
    invokers = _set(
        connection,
        "select oid::regclass::text from pg_class where relkind = 'v'"
        " and coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']",
    )
    plain = set(_relations(connection, "v")) - invokers
    return sorted(plain) + [f"{name}: materialised" for name in _relations(connection, "m")]


def definer_functions(connection: Connection) -> list[str]:
    """On the short list, with a search path of their own, never executable by PUBLIC."""
    rows = connection.execute(
        text(
            "select p.oid::regproc::text as name, prosecdef as definer,"
            " exists(select from unnest(proconfig) c where c like 'search_path=%') as fixed,"
            " has_function_privilege('public', p.oid, 'EXECUTE') as open,"
            " proowner::regrole::text as owner"
            " from pg_proc p join pg_namespace n on n.oid = pronamespace"
            " where n.nspname = any(:schemas)"
        ),
        {"schemas": [*SCHEMAS, QUEUE_SCHEMA]},
    ).all()
    definers = {row.name for row in rows if row.definer}
    violations = [f"{name}: not on the list" for name in sorted(definers - DEFINER_FUNCTIONS)]
    violations += [f"{name}: gone" for name in sorted(DEFINER_FUNCTIONS - definers)]
    violations += [f"{row.name}: no search path" for row in rows if row.definer and not row.fixed]
    violations += [f"{row.name}: open to PUBLIC" for row in rows if row.definer and row.open]
    return violations + [
        f"{row.name}: owned by {row.owner}"
        for row in rows
        if row.definer and row.owner != "comitia_definer"
    ]


def readable_without_tenant(connection: Connection) -> list[str]:
    """What the application can read without row security is on the list."""
    found = _set(
        connection,
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace"
        " where nspname = any(array['kernel', 'network', 'missions', 'training', 'public'])"
        " and relkind in ('r', 'p') and not relrowsecurity"
        " and (has_any_column_privilege('comitia_app', c.oid, 'SELECT')"
        " or has_any_column_privilege('comitia_worker', c.oid, 'SELECT'))",
    )
    return sorted(found ^ READABLE_WITHOUT_TENANT)


RULES = (
    tenant_is_not_null,
    row_security_is_forced,
    one_wall,
    some_permission,
    primary_keys,
    foreign_keys,
    unique_indexes,
    grants,
    append_only,
    logins_own_and_create_nothing,
    views,
    definer_functions,
    readable_without_tenant,
)


def _relations(connection: Connection, kinds: Sequence[str]) -> list[str]:
    return sorted(
        connection.scalars(
            text(
                "select c.oid::regclass::text from pg_class c join pg_namespace n"
                " on n.oid = relnamespace where nspname = any(:schemas) and relkind = any(:kinds)"
            ),
            {"schemas": list(SCHEMAS), "kinds": list(kinds)},
        )
    )


def _set(connection: Connection, query: str) -> set[str]:
    return set(connection.scalars(text(query)))
