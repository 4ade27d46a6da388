"""Programmes, their workshops and the sessions on a workshop's agenda."""
