"""Who changed what, when, from what to what: append only, sealed into a chain, erasable by person."""

from kernel.audit.service import record, record_refusal

__all__ = ["record", "record_refusal"]
