"""The trail is sealed every few minutes."""

from kernel.audit.chain import seal
from kernel.jobs import job


@job("kernel.seal_audit", every="*/5 * * * *")
def seal_audit() -> None:
    """Seal what was added since the last time."""
    seal()
