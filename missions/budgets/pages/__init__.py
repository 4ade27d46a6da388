"""The pages of budgets.

sheet      a version added up, the history, what changed
lines      a line: how it was calculated, its form, removing it and putting it back
terms      exchange rates and shares
decisions  starting, submitting, returning, approving, revising, closing
exports    PDF, XLSX and CSV of a version
wording    how all of them spell a budget out
"""

from missions.budgets.pages import decisions, exports, lines, sheet, terms
from missions.budgets.pages.blueprint import pages

__all__ = ["decisions", "exports", "lines", "pages", "sheet", "terms"]
