"""What stands in place of what was erased."""

from typing import Final

ERASED_NAME: Final = "—"
"""Instead of a name or words about somebody; it reads the same in every language."""
