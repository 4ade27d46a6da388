"""Tenants, organisations, people, accounts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from kernel.db.ddl import create_tenant_table, grant, tenant_foreign_key, wall_off

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tenants()
    _organisations_and_people()
    _accounts()
    _idempotency()


def _tenants() -> None:
    op.create_table(
        "tenant",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("languages", ARRAY(sa.Text()), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("brand_colour", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tenant"),
        sa.UniqueConstraint("slug", name="uq_tenant_slug"),
        sa.CheckConstraint("slug ~ '^[a-z][a-z0-9-]{1,30}$'", name=op.f("ck_tenant_slug_form")),
        sa.CheckConstraint(
            "brand_colour ~ '^#[0-9a-f]{6}$'", name=op.f("ck_tenant_brand_colour_form")
        ),
        sa.CheckConstraint("cardinality(languages) > 0", name=op.f("ck_tenant_languages_present")),
        sa.CheckConstraint("state in ('active', 'suspended')", name=op.f("ck_tenant_state_known")),
        schema="kernel",
    )
    wall_off(op, "kernel.tenant", column="id")
    # The application may change its network's settings and never make or remove a network.
    op.execute("GRANT SELECT ON kernel.tenant TO comitia_app, comitia_worker, comitia_report")
    op.execute(
        "GRANT UPDATE (name, languages, time_zone, brand_colour, version) ON kernel.tenant TO comitia_app"
    )
    op.create_table(
        "tenant_host",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_tenant_host"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["kernel.tenant.id"], name="fk_tenant_host_tenant_id"
        ),
        sa.CheckConstraint("host = lower(host)", name=op.f("ck_tenant_host_host_lower")),
        schema="kernel",
    )
    op.create_index("ix_tenant_host_tenant_id", "tenant_host", ["tenant_id"], schema="kernel")
    op.execute("GRANT SELECT ON kernel.tenant_host TO comitia_app, comitia_worker, comitia_report")


def _organisations_and_people() -> None:
    create_tenant_table(
        op,
        "kernel",
        "organisation",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_is_fallback", sa.Boolean(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("region", sa.Text()),
        sa.Column("permanent", sa.Boolean()),
        sa.Column("micro_state", sa.Boolean()),
        sa.Column("languages", ARRAY(sa.Text()), nullable=False),
        sa.Column("joined_year", sa.Integer()),
        sa.Column("membership", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('secretariat', 'emb', 'partner')", name="ck_organisation_kind_known"
        ),
        sa.CheckConstraint(
            "membership in ('applied', 'active', 'suspended', 'left')",
            name="ck_organisation_membership_known",
        ),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name="ck_organisation_country_form"),
        sa.CheckConstraint(
            "kind <> 'emb' or country is not null", name="ck_organisation_emb_has_country"
        ),
        version=True,
    )
    op.create_index(
        "uq_organisation_emb_country",
        "organisation",
        ["tenant_id", "country"],
        unique=True,
        postgresql_where=sa.text("kind = 'emb'"),
        schema="kernel",
    )
    op.create_index(
        "uq_organisation_secretariat",
        "organisation",
        ["tenant_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'secretariat'"),
        schema="kernel",
    )
    op.create_index(
        "ix_organisation_sort_key", "organisation", ["tenant_id", "sort_key"], schema="kernel"
    )
    create_tenant_table(
        op,
        "kernel",
        "person",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("time_zone", sa.Text()),
        version=True,
    )
    op.create_index("ix_person_sort_key", "person", ["tenant_id", "sort_key"], schema="kernel")
    create_tenant_table(
        op,
        "kernel",
        "affiliation",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_at", MOMENT),
        tenant_foreign_key("affiliation", "person_id", "kernel.person"),
        tenant_foreign_key("affiliation", "organisation_id", "kernel.organisation"),
    )
    _index("affiliation", "person_id")
    _index("affiliation", "organisation_id")


def _accounts() -> None:
    create_tenant_table(
        op,
        "kernel",
        "account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("disabled_at", MOMENT),
        sa.Column("totp_secret", sa.LargeBinary()),
        sa.Column("totp_counter", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("account", "person_id", "kernel.person"),
        sa.UniqueConstraint("tenant_id", "person_id", name="uq_account_tenant_id_person_id"),
        sa.UniqueConstraint("tenant_id", "address", name="uq_account_tenant_id_address"),
        sa.CheckConstraint("address = lower(address)", name="ck_account_address_lower"),
        sa.CheckConstraint("theme in ('auto', 'light', 'dark')", name="ck_account_theme_known"),
        version=True,
    )
    create_tenant_table(
        op,
        "kernel",
        "sign_in_session",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        tenant_foreign_key("sign_in_session", "account_id", "kernel.account", ondelete="CASCADE"),
        sa.UniqueConstraint("tenant_id", "digest", name="uq_sign_in_session_tenant_id_digest"),
    )
    _index("sign_in_session", "account_id")
    create_tenant_table(
        op,
        "kernel",
        "role_grant",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("granted_at", MOMENT, nullable=False),
        tenant_foreign_key("role_grant", "person_id", "kernel.person"),
        tenant_foreign_key("role_grant", "organisation_id", "kernel.organisation"),
    )
    op.create_index(
        "uq_role_grant_person_id_role_organisation_id",
        "role_grant",
        ["tenant_id", "person_id", "role", "organisation_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        schema="kernel",
    )
    create_tenant_table(
        op,
        "kernel",
        "api_token",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT),
        tenant_foreign_key("api_token", "account_id", "kernel.account", ondelete="CASCADE"),
        sa.UniqueConstraint("tenant_id", "digest", name="uq_api_token_tenant_id_digest"),
    )
    _index("api_token", "account_id")


def _idempotency() -> None:
    create_tenant_table(
        op,
        "kernel",
        "idempotency_key",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("method_and_path", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        tenant_foreign_key("idempotency_key", "account_id", "kernel.account", ondelete="CASCADE"),
        sa.CheckConstraint(
            "status between 200 and 399", name="ck_idempotency_key_only_success"
        ),
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, ["tenant_id", column], schema="kernel")


def downgrade() -> None:
    for table in (
        "idempotency_key",
        "api_token",
        "role_grant",
        "sign_in_session",
        "account",
        "affiliation",
        "person",
        "organisation",
        "tenant_host",
        "tenant",
    ):
        op.drop_table(table, schema="kernel")
