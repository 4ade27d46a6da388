import pytest
from flask import Flask

from kernel.web.forms import posted_version
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


@pytest.mark.parametrize(
    ("typed", "read"),
    [("3", 3), ("", None), ("x", None), pytest.param("9" * 5000, None, id="endless")],
)
def test_a_form_names_its_version_or_none_that_can_be_read(typed: str, read: int | None) -> None:
    with app.test_request_context(method="POST", data={"version": typed}):
        assert posted_version() == read
