"""Announcements: what everybody in a chosen audience is told, and who has acknowledged it."""
