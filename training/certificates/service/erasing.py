"""Forgetting a holder who was erased.

Her certificates keep their state: that somebody attended this workshop stays true, and whoever holds the
paper may verify it as before. The answer to a code never had a name in it. The name that was signed is
unreadable with her key; here the documents go, and what officers wrote about her.
"""

from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.files import file_by_id, remove
from kernel.values.erasure import ERASED_NAME
from training.certificates import queries, rules


def erase(person_id: UUID) -> None:
    """Delete the documents of a person's certificates and the reasons given; again changes nothing."""
    for row in queries.documents_of_person(person_id):
        file = file_by_id(row.file_id) if row.file_id else None
        row.file_id = None
        row.reason = row.reason and ERASED_NAME
        db.session.flush()  # nothing points at the file any more
        if file is not None:
            remove(file)
        # About nobody: a key is not made anew for somebody whose key was destroyed.
        record(None, "certificate.erased", row, label=rules.grouped(row.code))
