"""What people chose for a pack, and the packs they asked for."""

import sqlalchemy as sa
from alembic import op

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0125"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tenant_table(
        op,
        "network",
        "pack_choice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid()),
        sa.Column("topic_id", sa.Uuid()),
        tenant_foreign_key("pack_choice", "person_id", "kernel.person"),
        tenant_foreign_key("pack_choice", "item_id", "network.library_item", ondelete="CASCADE"),
        tenant_foreign_key("pack_choice", "topic_id", "network.topic", ondelete="CASCADE"),
        sa.UniqueConstraint(
            "tenant_id", "person_id", "item_id", name="uq_pack_choice_tenant_id_person_id_item_id"
        ),
        sa.UniqueConstraint(
            "tenant_id", "person_id", "topic_id", name="uq_pack_choice_tenant_id_person_id_topic_id"
        ),
        sa.CheckConstraint("num_nonnulls(item_id, topic_id) = 1", name="item_or_topic"),
    )
    create_tenant_table(
        op,
        "network",
        "pack",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("item_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("topic_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("part_size", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("expires_at", MOMENT),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        tenant_foreign_key("pack", "person_id", "kernel.person"),
        tenant_foreign_key("pack", "file_id", "kernel.stored_file"),
        sa.CheckConstraint(
            "state in ('waiting', 'ready', 'failed', 'expired')", name="state_known"
        ),
        sa.CheckConstraint("delivery in ('link', 'mail')", name="delivery_known"),
        sa.CheckConstraint(
            "(delivery = 'mail') = (part_size is not null)", name="parts_where_mailed"
        ),
        sa.CheckConstraint("part_size in ('1', '2', '5')", name="part_size_known"),
    )
    op.create_index(
        "ix_pack_person_id", "pack", ["tenant_id", "person_id", "id"], schema="network"
    )


def downgrade() -> None:
    op.drop_table("pack", schema="network")
    op.drop_table("pack_choice", schema="network")
