"""Organisations, people, their accounts, and what each may do."""
