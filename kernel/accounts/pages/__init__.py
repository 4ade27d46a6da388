"""The pages of accounts: those anybody may open, one's own, and those of an organisation's people."""

from kernel.accounts.pages import (
    colleagues,
    mine,
    preferences,
    public,
    reset,
    second_factor,
    tokens,
    welcome,
)
from kernel.accounts.pages.blueprint import colleagues_pages, pages

__all__ = [
    "colleagues",
    "colleagues_pages",
    "mine",
    "pages",
    "preferences",
    "public",
    "reset",
    "second_factor",
    "tokens",
    "welcome",
]
