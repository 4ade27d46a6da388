"""The pages of placements: vacancies, applying for one, and what was sent."""

from training.placements.pages import applying, received, vacancies
from training.placements.pages.blueprint import own_pages, pages

__all__ = ["applying", "own_pages", "pages", "received", "vacancies"]
