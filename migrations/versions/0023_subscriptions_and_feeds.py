"""What people want by mail and when, digests made, posts held, links to unsubscribe, feeds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from kernel.db.ddl import create_tenant_table, tenant_foreign_key

revision = "0023"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LEVELS = "('every_post', 'daily', 'weekly', 'nothing')"
DAYS = "array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']"


def upgrade() -> None:
    _choices()
    _rhythm()
    _sending()
    _secrets()


def _person(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column("person_id", sa.Uuid(), nullable=False),
        tenant_foreign_key(table, "person_id", "kernel.person"),
    )


def _group(table: str, *, nullable: bool = False) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column("group_id", sa.Uuid(), nullable=nullable),
        tenant_foreign_key(table, "group_id", "network.group", ondelete="CASCADE"),
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(
        "tenant_id", *columns, name=f"uq_{table}_tenant_id_{'_'.join(columns)}"
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, ["tenant_id", column], schema="network")


def _choices() -> None:
    create_tenant_table(
        op,
        "network",
        "subscription",
        *_person("subscription"),
        *_group("subscription"),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("told_until", MOMENT, nullable=False),
        _unique("subscription", "group_id", "person_id"),
        sa.CheckConstraint(f"level in {LEVELS}", name="ck_subscription_level_known"),
    )
    _index("subscription", "person_id")
    create_tenant_table(
        op,
        "network",
        "topic_watch",
        *_person("topic_watch"),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        tenant_foreign_key("topic_watch", "topic_id", "network.topic", ondelete="CASCADE"),
        _unique("topic_watch", "topic_id", "person_id"),
        sa.CheckConstraint("mode in ('watch', 'mute')", name="ck_topic_watch_mode_known"),
    )
    _index("topic_watch", "person_id")


def _rhythm() -> None:
    create_tenant_table(
        op,
        "network",
        "mail_rhythm",
        *_person("mail_rhythm"),
        sa.Column("default_level", sa.Text(), nullable=False),
        sa.Column("told_until", MOMENT, nullable=False),
        sa.Column("quiet_from", sa.Time()),
        sa.Column("quiet_to", sa.Time()),
        sa.Column("working_days", ARRAY(sa.Text()), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("weekly_on", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.Date()),
        _unique("mail_rhythm", "person_id"),
        sa.CheckConstraint(f"default_level in {LEVELS}", name="ck_mail_rhythm_level_known"),
        sa.CheckConstraint(
            "(quiet_from is null) = (quiet_to is null)", name="ck_mail_rhythm_quiet_hours_whole"
        ),
        sa.CheckConstraint("quiet_from <> quiet_to", name="ck_mail_rhythm_quiet_hours_end"),
        sa.CheckConstraint(
            f"cardinality(working_days) > 0 and working_days <@ {DAYS}",
            name="ck_mail_rhythm_working_days_known",
        ),
        sa.CheckConstraint(
            "digest_hour between 0 and 23", name="ck_mail_rhythm_digest_hour_of_a_day"
        ),
        sa.CheckConstraint(
            "weekly_on = any (working_days)", name="ck_mail_rhythm_weekly_on_a_working_day"
        ),
        version=True,
    )
    create_tenant_table(
        op,
        "network",
        "group_mail",
        *_group("group_mail"),
        sa.Column("content_free", sa.Boolean(), nullable=False),
        _unique("group_mail", "group_id"),
        version=True,
    )


def _sending() -> None:
    create_tenant_table(
        op,
        "network",
        "held_post",
        *_person("held_post"),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("release_at", MOMENT, nullable=False),
        tenant_foreign_key("held_post", "post_id", "network.post", ondelete="CASCADE"),
        _unique("held_post", "person_id", "post_id"),
    )
    _index("held_post", "release_at")
    create_tenant_table(
        op,
        "network",
        "digest_run",
        *_person("digest_run"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=False),
        _unique("digest_run", "person_id", "kind", "period"),
        sa.CheckConstraint("kind in ('daily', 'weekly')", name="ck_digest_run_kind_known"),
    )


def _secrets() -> None:
    create_tenant_table(
        op,
        "network",
        "unsubscribe_token",
        *_person("unsubscribe_token"),
        sa.Column("ends", sa.Text(), nullable=False),
        *_group("unsubscribe_token", nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _unique("unsubscribe_token", "digest"),
        sa.CheckConstraint(
            "ends in ('group', 'digests', 'everything')", name="ck_unsubscribe_token_ends_known"
        ),
        sa.CheckConstraint(
            "(ends = 'group') = (group_id is not null)", name="ck_unsubscribe_token_group_named"
        ),
    )
    _index("unsubscribe_token", "person_id")
    create_tenant_table(
        op,
        "network",
        "feed",
        *_person("feed"),
        *_group("feed", nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _unique("feed", "digest"),
    )
    _index("feed", "person_id")


def downgrade() -> None:
    for table in (
        "feed",
        "unsubscribe_token",
        "digest_run",
        "held_post",
        "group_mail",
        "mail_rhythm",
        "topic_watch",
        "subscription",
    ):
        op.drop_table(table, schema="network")
