"""One mail is a post in each of several groups, a post is told of once, a topic knows what it was opened with.

A pack knows its files, whose access is asked again when it is fetched. The day's posts of a topic of thousands
are found by an index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0402"
down_revision = "0401"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_post_by_moment",
            "post",
            ["tenant_id", "topic_id", "created_at"],
            schema="network",
            postgresql_concurrently=True,
            if_not_exists=True,
        )
    op.add_column("post", sa.Column("came_as", sa.Text(), nullable=True), schema="network")
    # safe: the column is new, so that the index is empty and made in one pass
    op.create_index(
        "ix_post_came_as",
        "post",
        ["tenant_id", "came_as"],
        schema="network",
        postgresql_where=sa.text("came_as is not null"),
    )
    op.add_column(
        "post",
        sa.Column("told", sa.Boolean(), server_default=sa.true(), nullable=False),
        schema="network",
    )
    op.add_column("topic", sa.Column("opened_with_id", sa.Uuid()), schema="network")
    op.create_foreign_key(
        "fk_topic_tenant_id_opened_with_id",
        "topic",
        "post",
        ["tenant_id", "opened_with_id"],
        ["tenant_id", "id"],
        source_schema="network",
        referent_schema="network",
    )
    op.add_column(
        "pack",
        sa.Column("file_ids", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        schema="network",
    )


def downgrade() -> None:
    op.drop_index("ix_post_by_moment", table_name="post", schema="network")
    op.drop_column("pack", "file_ids", schema="network")
    op.drop_column("topic", "opened_with_id", schema="network")
    op.drop_column("post", "told", schema="network")
    op.drop_index("ix_post_came_as", table_name="post", schema="network")
    op.drop_column("post", "came_as", schema="network")
