"""Pictures drawn on the server as SVG: plain functions from values to markup."""

from kernel.web.pictures.gantt import Bar, BarState, Milestone, gantt
from kernel.web.pictures.worldmap import Mark, Place, can_show, inset, world_map

__all__ = [
    "Bar",
    "BarState",
    "Mark",
    "Milestone",
    "Place",
    "can_show",
    "gantt",
    "inset",
    "world_map",
]
