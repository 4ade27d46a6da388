"""A split topic finds those its posts went on in; a post that is being changed has a draft too."""

import sqlalchemy as sa
from alembic import op

revision = "0202"
down_revision = "0206"
branch_labels = None
depends_on = None

PLACE = ["tenant_id", "person_id", "topic_id", "group_id"]


def upgrade() -> None:
    # safe: of the few topics that were split; it reads the table once, in less than the lock timeout
    op.create_index(
        "ix_topic_split_from_id",
        "topic",
        ["tenant_id", "split_from_id"],
        schema="network",
        postgresql_where=sa.text("split_from_id is not null"),
    )
    op.add_column("draft", sa.Column("post_id", sa.Uuid()), schema="network")
    op.create_foreign_key(
        "fk_draft_tenant_id_post_id",
        "draft",
        "post",
        ["tenant_id", "post_id"],
        ["tenant_id", "id"],
        source_schema="network",
        referent_schema="network",
        ondelete="CASCADE",
    )
    # safe: there are as many drafts as people who are writing
    op.create_index("ix_draft_post_id", "draft", ["tenant_id", "post_id"], schema="network")
    _place([*PLACE, "post_id"], "num_nonnulls(topic_id, group_id, post_id) <= 1")


def downgrade() -> None:
    op.execute("DELETE FROM network.draft WHERE post_id IS NOT NULL")
    _place(PLACE, "topic_id is null or group_id is null")
    op.drop_index("ix_draft_post_id", "draft", schema="network")
    op.drop_constraint("fk_draft_tenant_id_post_id", "draft", schema="network")
    op.drop_column("draft", "post_id", schema="network")
    op.drop_index("ix_topic_split_from_id", "topic", schema="network")


def _place(columns: list[str], one: str) -> None:
    """What makes a place: one draft for each, and one place for each draft."""
    for name in ("uq_draft_place", op.f("ck_draft_in_one_place")):
        # safe: one that admits more takes its place at once
        op.drop_constraint(name, "draft", schema="network")
    op.create_unique_constraint(
        "uq_draft_place",
        "draft",
        columns,
        schema="network",
        postgresql_nulls_not_distinct=True,
    )
    op.create_check_constraint(op.f("ck_draft_in_one_place"), "draft", one, schema="network")
