"""Forgetting words that stand nowhere any more: a name must not outlive the person in a list of words."""

from uuid import UUID

from sqlalchemy import delete, text

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.jobs import job
from kernel.search.models import SearchWord

_BATCH = 2000
_UNUSED = text("select id, unused from kernel.search_unused(:after, :most)")


def forget_words() -> int:
    """Forget the words no entry bears any more; tells how many."""
    after: UUID | None = None
    forgotten = 0
    while rows := db.session.execute(_UNUSED, {"after": after, "most": _BATCH}).all():
        gone = [row.id for row in rows if row.unused]
        db.session.execute(
            delete(SearchWord).where(
                SearchWord.tenant_id == require_scope().tenant, SearchWord.id.in_(gone)
            ),
            execution_options={"synchronize_session": False},
        )
        forgotten += len(gone)
        after = rows[-1].id
    return forgotten


@job("kernel.forget_words", every="10 4 * * *")
def forget_unused_words() -> None:
    """Forget them at night."""
    forget_words()
