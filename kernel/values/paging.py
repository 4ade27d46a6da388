"""A list one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list, numbered from 1: `total` things on `pages` pages in all."""

    items: Sequence[T]
    total: int
    page: int
    pages: int


def pages_of(total: int, size: int) -> int:
    """How many pages so many things fill; an empty list has one."""
    return max(1, -(-total // size))


def page_of(found: Sequence[T], number: int, size: int) -> Page[T]:
    """Cut out one page; a number beyond the last gives the last."""
    pages = pages_of(len(found), size)
    page = min(number, pages)
    return Page(found[(page - 1) * size : page * size], len(found), page, pages)
