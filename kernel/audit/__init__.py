"""Who changed what, when, from what to what: append only, sealed into a chain, erasable by person."""

from kernel.audit.service import record, record_refusal
from kernel.audit.words import declare

__all__ = ["declare", "record", "record_refusal"]
