"""Which jobs had their effect."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table
from kernel.values import clock


class JobEffect(Tenanted):
    """A job that ran to its end; the id is the one given to it when it was enqueued.

    The row is written in the job's own transaction, so a job that is run again, because its worker was
    killed before it could say that it had finished, finds it and changes nothing.
    """

    __tablename__ = "job_effect"
    __table_args__ = table("kernel", Index("ix_job_effect_done_at", "tenant_id", "done_at"))

    job: Mapped[str]
    done_at: Mapped[datetime] = mapped_column(default=clock.now)
