"""What an applicant says of herself; an answer nobody gave stays unknown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final


class DegreeLevel(StrEnum):
    """The highest degree a person holds."""

    NONE = "none"
    FIRST = "first"
    MASTER = "master"
    DOCTORATE = "doctorate"


GRADUATE: Final = frozenset({DegreeLevel.MASTER, DegreeLevel.DOCTORATE})
"""The levels that are a graduate degree."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything an application says. None means that the question was not answered."""

    full_time: bool | None = None
    degree_level: DegreeLevel | None = None
    degree_subject: str | None = None
    manages_projects: bool | None = None
    manages_budgets: bool | None = None
    motivation: str | None = None

    def as_data(self) -> dict[str, Any]:
        """The statements as they are stored."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Statements":
        """The statements that were stored; raises ValueError for a degree nobody knows."""
        level = data["degree_level"]
        return cls(**{**data, "degree_level": None if level is None else DegreeLevel(level)})


def is_listed(subject: str, subjects: tuple[str, ...]) -> bool:
    """Whether a subject is on a list, however it is capitalised."""
    return subject.casefold() in {listed.casefold() for listed in subjects}
