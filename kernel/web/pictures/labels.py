"""Names beside dots, placed so that none covers another, whatever their language's length."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CHARACTER = 6.6
"""Width of an average character of a 12 px label, in px, on the generous side."""
HEIGHT = 14.0
GAP = 9.0
DOT = 6.0


@dataclass(frozen=True)
class Box:
    """A rectangle by its edges, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, width: float, height: float) -> bool:
        """Whether it lies inside a frame that starts at 0, 0."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class Label:
    """A placed name: the box it fills, and whether a line should lead to its dot."""

    key: str
    text: str
    box: Box
    led: bool


def place_labels(
    points: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    width: float,
    height: float,
) -> list[Label]:
    """Place a name for every point inside a frame of `width` × `height` px.

    Each takes the nearest free spot beside its dot; only when everything near is taken does it go
    further and get a line. Raises ValueError when a name fits nowhere.
    """
    dots = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points.values()]
    taken: list[Box] = list(dots)
    labels = []
    for key, (x, y) in sorted(points.items(), key=lambda item: (item[1][1], item[0])):
        text = names[key]
        label = next(
            (
                Label(key, text, box, led)
                for box, led in _spots(x, y, len(text) * CHARACTER)
                if box.within(width, height) and not any(box.touches(other) for other in taken)
            ),
            None,
        )
        if label is None:
            raise ValueError(f"no room for the label {text!r}")
        taken.append(label.box)
        labels.append(label)
    return labels


def _spots(x: float, y: float, width: float) -> Iterable[tuple[Box, bool]]:
    """Boxes to try, nearest first: beside the dot, above and below it, then further and led."""
    middle = y - HEIGHT / 2
    yield _box(x + GAP, middle, width), False
    yield _box(x - GAP - width, middle, width), False
    for step in range(1, 30):
        for shift in (-step * HEIGHT / 2, step * HEIGHT / 2):
            far = step > 1
            reach = GAP + (10 if far else 0)
            yield _box(x + reach, middle + shift, width), far
            yield _box(x - reach - width, middle + shift, width), far


def _box(left: float, top: float, width: float) -> Box:
    return Box(left, top, left + width, top + HEIGHT)
