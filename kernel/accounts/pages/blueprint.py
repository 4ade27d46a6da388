"""The blueprints of accounts: what is one's own, and an organisation's people beside its network."""

from kernel.web import Pages

pages = Pages("accounts", "kernel.accounts")
colleagues_pages = Pages("colleagues", "kernel.accounts", section="network")
