"""A request in a chosen language, without the application or a database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel, force_locale


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Callable[[str], AbstractContextManager[None]]]:
    """Return a function that makes what follows read by someone of that language."""
    app = Flask("fields", root_path=str(tmp_path))  # no catalogues: messages stay English
    Babel(app)
    context = app.app_context()
    context.push()
    yield force_locale
    context.pop()
