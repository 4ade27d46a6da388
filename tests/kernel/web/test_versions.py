import pytest
from flask import Flask

from kernel.web.versions import VersionRequired, expected_version, version_header

app = Flask(__name__)


@pytest.mark.parametrize(("header", "version"), [('"3"', 3), ("12", 12), ('W/"7"', 7)])
def test_if_match_names_the_version_being_changed(header: str, version: int) -> None:
    with app.test_request_context(headers={"If-Match": header}):
        assert expected_version() == version


@pytest.mark.parametrize("header", ["", "*", '"abc"', '"-1"', '"' + "9" * 30 + '"', "³"])
def test_a_change_without_a_version_is_refused(header: str) -> None:
    with app.test_request_context(headers={"If-Match": header}), pytest.raises(VersionRequired):
        expected_version()


def test_the_answer_names_the_version_it_shows() -> None:
    with app.test_request_context(headers={"If-Match": version_header(4)["ETag"]}):
        assert expected_version() == 4
