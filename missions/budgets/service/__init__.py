"""What can be done with budgets: every verb loads, checks access, applies the rules, writes, records.

sheets     read: a version added up, its history and what changed
lines      add, change, remove and put back a line
terms      exchange rates and shares
decisions  start, submit, return, work on again, approve, revise, close
dates      what a move of the plan's dates does to a budget
"""

from missions.budgets.service.dates import BudgetMove, apply_new_dates, preview_new_dates
from missions.budgets.service.decisions import (
    approve,
    close,
    revise,
    rework,
    send_back,
    start,
    submit,
)
from missions.budgets.service.lines import add_line, change_line, put_line_back, remove_line
from missions.budgets.service.sheets import (
    Compared,
    Sheet,
    compare,
    history,
    open_line,
    open_sheet,
    visible_plan,
)
from missions.budgets.service.terms import change_shares, remove_rate, set_rate

__all__ = [
    "BudgetMove",
    "Compared",
    "Sheet",
    "add_line",
    "apply_new_dates",
    "approve",
    "change_line",
    "change_shares",
    "close",
    "compare",
    "history",
    "open_line",
    "open_sheet",
    "preview_new_dates",
    "put_line_back",
    "remove_line",
    "remove_rate",
    "revise",
    "rework",
    "send_back",
    "set_rate",
    "start",
    "submit",
    "visible_plan",
]
