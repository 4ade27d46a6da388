"""Certificates: earned by minutes attended, verifiable by anybody."""
