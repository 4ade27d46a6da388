"""The blueprint all pages of accounts belong to."""

from kernel.web import Pages

pages = Pages("accounts", "kernel.accounts")
