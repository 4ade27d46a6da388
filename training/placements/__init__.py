"""Placements at the secretariat: vacancies, eligibility and applications."""
