"""The pages of certificates: for officers, for their holders, and the public one that verifies."""

from training.certificates.pages.holders import holders
from training.certificates.pages.officers import officers
from training.certificates.pages.verify import verify

__all__ = ["holders", "officers", "verify"]
