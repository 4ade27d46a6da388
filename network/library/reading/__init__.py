"""The words inside a file, read by a program of its own: a hostile file ends that and nothing else."""

import json
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from network.library.rules.catalogue import Format

_PATIENCE_SECONDS: Final = 60
_PROGRAM: Final = Path(__file__).with_name("program.py")


class Outcome(StrEnum):
    """What became of reading a file: `cut` where it is longer than is read, `empty` without any words."""

    READ = "read"
    CUT = "cut"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Reading:
    """What was read; the text is empty for a file without words and for one that cannot be read."""

    outcome: Outcome
    text: str = ""


def read(content: bytes, form: Format) -> Reading:
    """Read the words of a file of a format in `WITH_TEXT`; memory, time, pages and words are bounded."""
    try:
        reader = subprocess.run(  # noqa: S603 - our own program, the file is only its input
            [sys.executable, "-I", str(_PROGRAM), form.value],
            input=content,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        return Reading(Outcome.UNREADABLE)
    found = json.loads(reader.stdout)
    if not found["text"]:
        return Reading(Outcome.EMPTY)
    return Reading(Outcome.CUT if found["cut"] else Outcome.READ, found["text"])
