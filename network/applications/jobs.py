"""Forgetting who answered for applications that were decided long ago."""

from kernel.jobs import job
from network.applications import service


@job("network.forget_applicants", every="15 3 * * *")
def forget_applicants() -> None:
    """Nightly: the name and address of the contact have served their purpose."""
    service.forget_contacts()
