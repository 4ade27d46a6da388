"""Whole records about somebody, kept under her key: nobody can read them once she was erased."""

import json
from collections.abc import Mapping
from typing import Any, Final

from kernel.audit.keys import PersonCipher

SEALED: Final = "sealed"
"""What is kept stands as {"sealed": token}."""


def sealed(cipher: PersonCipher, value: Any) -> dict[str, Any]:
    """A value of plain JSON as it is kept."""
    return {SEALED: cipher.encrypt(json.dumps(value))}


def unsealed(cipher: PersonCipher | None, kept: Mapping[str, Any] | None) -> Any:
    """The value again; None where none was kept, and once its person was erased."""
    if cipher is None or kept is None:
        return None
    text = cipher.read(kept[SEALED])
    return None if text is None else json.loads(text)
