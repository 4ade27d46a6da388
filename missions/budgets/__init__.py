"""Budgets: what a mission or workshop is planned to cost, in versions that are approved."""
