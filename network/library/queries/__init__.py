"""Every SELECT about the library. `visibility` is the one predicate of who sees what."""
