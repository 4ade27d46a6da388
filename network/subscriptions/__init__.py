"""Subscriptions: which posts come to whom by mail, when, and how it stops."""
