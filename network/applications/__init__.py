"""Organisations that apply for membership: their letters, considering them, admitting or declining."""
