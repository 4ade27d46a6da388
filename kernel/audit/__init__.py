"""Who changed what, when, from what to what: append only, sealed into a chain, erasable by person."""

from kernel.audit.service import Done, record, record_each, record_refusal
from kernel.audit.words import declare

__all__ = ["Done", "declare", "record", "record_each", "record_refusal"]
