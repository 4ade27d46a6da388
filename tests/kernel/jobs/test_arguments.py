"""What a job can carry comes back as it was."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid4

import pytest

from kernel.jobs.arguments import decode_all, encode


class Colour(StrEnum):
    RED = "red"


def receiver(
    *,
    number: int,
    share: Decimal,
    who: UUID | None,
    day: date,
    at: datetime,
    colour: Colour,
    ids: tuple[UUID, ...],
    by_name: dict[str, Decimal],
) -> None: ...


def test_every_kind_of_argument_comes_back_as_it_was():
    values = {
        "number": 7,
        "share": Decimal("0.10"),
        "who": uuid4(),
        "day": date(2026, 2, 28),
        "at": datetime(2026, 2, 28, 12, 30, tzinfo=UTC),
        "colour": Colour.RED,
        "ids": (uuid4(), uuid4()),
        "by_name": {"a": Decimal("1.50")},
    }
    assert decode_all(receiver, encode(values)) == values


def test_nothing_stays_nothing():
    assert decode_all(receiver, encode({"who": None})) == {"who": None}


def test_fields_of_a_dataclass_are_read_by_its_annotations():
    @dataclass(frozen=True)
    class Held:
        day: date

    assert decode_all(Held, {"day": "2026-02-28"}) == {"day": date(2026, 2, 28)}


def test_a_row_or_a_float_is_refused_at_enqueueing():
    for value in (object(), 0.1, {"a": object()}):
        with pytest.raises(TypeError, match="a job cannot carry"):
            encode(value)
