"""Replies: the addresses by which topics are answered and opened by mail, and what arrives there."""
