"""Moderation: posts that were reported or wait, and what is decided on them."""
