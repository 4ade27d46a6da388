"""How far somebody has read a topic: without a gap, from its first post on.

What is shown further down is seen and not yet counted: who looks at the last page first still finds
where she was.
"""


def reads_on(read: int, first: int) -> bool:
    """Whether who has read `read` posts goes on without a gap where `first` (from 1) is shown next."""
    return first <= read + 1
