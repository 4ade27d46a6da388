"""Packs: items and topics in one ZIP that is read without a connection."""
