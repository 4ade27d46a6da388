"""Measuring two things side by side on a noisy machine."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 15
PER_ROUND = 20
WARM_UP = 30


@dataclass(frozen=True)
class Comparison:
    """CPU or wall time of one call in microseconds, ours and the floor's, and their ratio.

    The ratio is the median of the ratios of short rounds run in turn, so that a disturbance hits both.
    """

    ours: float
    floor: float
    ratio: float


def compare(
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    clock: Callable[[], float] = time.process_time,
    per_round: int = PER_ROUND,
) -> Comparison:
    """Call both in alternating rounds. `process_time` counts Python's work and not the waiting."""
    for _ in range(WARM_UP):
        ours()
        floor()
    gc.collect()
    gc.disable()
    try:
        rounds = [
            (_once(ours, clock, per_round), _once(floor, clock, per_round)) for _ in range(ROUNDS)
        ]
    finally:
        gc.enable()
    return Comparison(
        ours=median(mine for mine, _ in rounds),
        floor=median(least for _, least in rounds),
        ratio=median(mine / least for mine, least in rounds),
    )


def _once(call: Callable[[], object], clock: Callable[[], float], times: int) -> float:
    start = clock()
    for _ in range(times):
        call()
    return (clock() - start) / times * 1e6
