"""Regular work on files."""

from kernel.files.orphans import forget_orphans
from kernel.jobs import job


@job("kernel.forget_orphans", every="50 3 * * *")
def sweep_files() -> None:
    """Delete bytes that no row describes: their process ended before it could commit."""
    forget_orphans()
