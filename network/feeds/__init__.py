"""Feeds: what is new in one's groups, for a feed reader."""
