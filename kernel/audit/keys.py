"""Personal values in the trail: encrypted under a key per person, so that erasure needs no rewriting.

The chain is computed over what is stored, the encrypted form: it still verifies when the key is gone.
"""

from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from kernel.audit.models import PersonKey
from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.values import clock
from kernel.values.sealing import Sealer


class PersonCipher:
    """Encrypts and decrypts the values of one person."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def encrypt(self, text: str) -> str:
        """The text under the person's key."""
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """The text again; raises cryptography's InvalidToken under another key."""
        return self._fernet.decrypt(token.encode()).decode()

    def read(self, token: str) -> str | None:
        """The text again; None when it is from before its person was erased, and its key is gone."""
        try:
            return self.decrypt(token)
        except InvalidToken:
            return None


def ciphers_for(person_ids: set[UUID]) -> dict[UUID, PersonCipher]:
    """The ciphers of many people, for writing; those who have no key yet get one. Three statements at most."""
    found = ciphers_of(person_ids)
    missing = person_ids - found.keys()
    if missing:
        db.session.execute(
            insert(PersonKey).on_conflict_do_nothing(), [_new_key(person) for person in missing]
        )
        found |= ciphers_of(missing)
    return found


def ciphers_of(person_ids: set[UUID]) -> dict[UUID, PersonCipher]:
    """The ciphers of those people whose keys still exist, for reading."""
    if not person_ids:
        return {}
    rows = db.session.execute(
        select(PersonKey.person_id, PersonKey.wrapped).where(PersonKey.person_id.in_(person_ids))
    )
    sealer = _sealer()
    return {row.person_id: PersonCipher(sealer.open(row.wrapped).encode()) for row in rows}


def destroy_key(person_id: UUID) -> None:
    """Make every value of a person in the trail unreadable, as erasure asks; entries and chain stay."""
    db.session.execute(delete(PersonKey).where(PersonKey.person_id == person_id))


def _new_key(person_id: UUID) -> dict[str, Any]:
    return {
        "tenant_id": require_scope().tenant,
        "id": new_id(),
        "person_id": person_id,
        "wrapped": _sealer().seal(Fernet.generate_key().decode()),
        "created_at": clock.now(),
    }


def _sealer() -> Sealer:
    return Sealer(current_app.config["KEYS"])
