"""Tests in a real Chromium against the whole product on real threads."""
