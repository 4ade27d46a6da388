"""The pages of workshops: all of them, and one with its agenda."""

from training.workshops.pages.many import pages as pages
from training.workshops.pages.one import one_workshop as one_workshop
