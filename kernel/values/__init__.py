"""Plain values: no database, no Flask."""
