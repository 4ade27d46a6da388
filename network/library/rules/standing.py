"""Where a person stands towards an item, as access needs it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemStanding:
    """Whether she owns an item she sees, and whether she reviews what is published in it."""

    is_owner: bool
    reviews: bool

    @property
    def keeps(self) -> bool:
        """Whether she looks after the item: its owner, and who reviews."""
        return self.is_owner or self.reviews
