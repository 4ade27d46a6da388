"""The harness of the benchmarks stays as it is: nobody moves both ends of a ratio."""

import hashlib
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FROZEN = {
    "measure.py": "3ed27103f30102372f442ddbbad5ba9c9e9b494c7f6539a34d56e74c0e5c3af8",
    "capture.py": "da0c727643ec7bc79ce26367d0a04d7a1655ea1717f772048e4a6065e416a34e",
    "floor.py": "22af6f36f6e82faa66b71ca05901555de0b9d9d1dffa8e1e2d1acbf9c171596f",
    "harness.py": "b7fb8dd05dd11e0d761170f6401c629c4b35e366dcf68b672a8de6468ed6b1d2",
}


@pytest.mark.parametrize("name", FROZEN)
def test_what_measures_has_not_changed(name):
    found = hashlib.sha256((BENCHMARKS / name).read_bytes()).hexdigest()
    assert found == FROZEN[name], (
        f"benchmarks/{name} is frozen (docs/adr/0029-what-measures-is-frozen.md). A new page or kind of page"
        " belongs beside it. To change it all the same, write an ADR with a run before and a run after, taken"
        f" in the same hour, and put {found} here in the same commit."
    )
