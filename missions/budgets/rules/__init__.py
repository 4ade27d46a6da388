"""What always holds for a budget: pure functions over money, periods and dataclasses.

catalogue   the words and the order of calculation, as versioned data
lines       a line and its driver: the amount that follows from them
totals      conversion, sums, contingency and overhead
versions    the states a version goes through
rebinding   what a move of dates does to a line bound to a phase
differences what changed between two versions
"""
