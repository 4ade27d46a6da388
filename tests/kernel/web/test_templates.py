import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(
    file
    for package in ("kernel", "network", "missions", "training")
    for file in (ROOT / package).rglob("templates/**/*.html")
)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_template_never_marks_text_as_safe(file: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", file.read_text(encoding="utf-8"))
