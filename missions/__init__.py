"""Missions: their plans, their people and their money."""
