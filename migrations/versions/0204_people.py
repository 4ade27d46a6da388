"""Applications for membership, versions of affiliations, nominations whose consent was withdrawn.

People who can be found already get the country of their organisation, by which searches are narrowed.
"""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0204"
down_revision = "0203"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATES = "('received', 'considered', 'admitted', 'declined')"


# Run once for each network: row security holds for whoever migrates as well.
PEOPLE_IN_COUNTRIES = """
UPDATE kernel.search_entry e
SET organisation_id = first.organisation_id, country = first.country
FROM (
    SELECT DISTINCT ON (a.person_id) a.person_id, o.id AS organisation_id, o.country
    FROM kernel.affiliation a
    JOIN kernel.organisation o ON o.tenant_id = a.tenant_id AND o.id = a.organisation_id
    WHERE (a.ended_at IS NULL OR a.ended_at > now()) AND o.membership = 'active'
    ORDER BY a.person_id, a.began_on, a.id
) first
WHERE e.kind = 'person' AND e.id = first.person_id
"""


def upgrade() -> None:
    _applications()
    _steps()
    op.add_column(
        "affiliation",
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        schema="kernel",
    )
    op.add_column("nomination", sa.Column("consent_withdrawn_at", MOMENT), schema="missions")
    _place_people()


def _place_people() -> None:
    connection, enter = op.get_bind(), sa.text("SELECT set_config('comitia.tenant', :tenant, true)")
    networks = connection.scalars(sa.text("SELECT DISTINCT tenant_id FROM kernel.tenant_host")).all()
    for tenant in networks:
        connection.execute(enter, {"tenant": str(tenant)})
        connection.execute(sa.text(PEOPLE_IN_COUNTRIES))
    connection.execute(enter, {"tenant": ""})


def _applications() -> None:
    create_tenant_table(
        op,
        "network",
        "membership_application",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text()),
        sa.Column("contact_address", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("entered_by", sa.Uuid()),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        tenant_foreign_key("membership_application", "organisation_id", "kernel.organisation"),
        tenant_foreign_key("membership_application", "entered_by", "kernel.person"),
        sa.CheckConstraint("kind in ('emb', 'partner')", name="kind_known"),
        sa.CheckConstraint(f"state in {STATES}", name="state_known"),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        sa.CheckConstraint("kind <> 'emb' or country is not null", name="emb_has_country"),
        sa.CheckConstraint(
            "state not in ('considered', 'admitted') or organisation_id is not null",
            name="considered_has_organisation",
        ),
        sa.CheckConstraint(
            "(state in ('admitted', 'declined')) = (decided_at is not null)",
            name="decided_has_day",
        ),
        sa.CheckConstraint(
            "(contact_name is null) = (contact_address is null)", name="contact_whole"
        ),
        version=True,
    )
    op.create_index(
        "ix_membership_application_state",
        "membership_application",
        ["tenant_id", "state", "received_at"],
        schema="network",
    )


def _steps() -> None:
    create_tenant_table(
        op,
        "network",
        "membership_application_step",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.Uuid()),
        sa.Column("taken_at", MOMENT, nullable=False),
        tenant_foreign_key(
            "membership_application_step", "application_id", "network.membership_application"
        ),
        tenant_foreign_key("membership_application_step", "taken_by", "kernel.person"),
        sa.CheckConstraint(f"before in {STATES}", name="before_known"),
        sa.CheckConstraint(f"after in {STATES}", name="after_known"),
        append_only=True,
    )
    op.create_index(
        "ix_membership_application_step_application_id",
        "membership_application_step",
        ["tenant_id", "application_id"],
        schema="network",
    )


def downgrade() -> None:
    op.drop_column("nomination", "consent_withdrawn_at", schema="missions")
    op.drop_column("affiliation", "version", schema="kernel")
    for table in ("membership_application_step", "membership_application"):
        op.drop_table(table, schema="network")
