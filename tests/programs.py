"""Programs of the machine that tests use where they are installed; see `scripts/system-packages`."""

import shutil
import subprocess

import pytest


def poppler(program: str, content: bytes, *options: str) -> bytes:
    """What one of Poppler's programs makes of a PDF. Skips the test where it is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed: install poppler-utils")
    command = [program, *options, "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout
