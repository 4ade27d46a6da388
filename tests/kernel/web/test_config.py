"""The configuration, from the environment."""

import pytest

from kernel.web.config import DEFAULTS, from_environment

NEEDED = {"COMITIA_KEYS": "newest,oldest", "DATABASE_URL": "postgresql+psycopg://comitia_app@/x"}


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_needed_and_missing_is_named(name):
    with pytest.raises(RuntimeError, match=f"{name} is empty"):
        from_environment(NEEDED | {name: ""})


@pytest.mark.parametrize(
    ("said", "required"),
    [
        ({}, True),
        *(({"COMITIA_REQUIRE_TOTP": given}, True) for given in ("", "1", "false")),
        ({"COMITIA_REQUIRE_TOTP": "0"}, False),
    ],
)
def test_a_second_step_is_required_unless_the_operator_says_0(said, required):
    assert from_environment(NEEDED | said)["REQUIRE_TOTP"] is required
    assert DEFAULTS["REQUIRE_TOTP"] is True


def test_cookies_need_tls_unless_the_operator_says_1():
    for given in ("", "0", "no"):
        said = {"COMITIA_INSECURE_COOKIES": given}
        assert from_environment(NEEDED | said)["SESSION_COOKIE_SECURE"] is True


def test_the_newest_key_signs_and_the_others_still_open():
    found = from_environment(NEEDED)
    assert found["KEYS"] == ["newest", "oldest"]
    assert (found["SECRET_KEY"], found["SECRET_KEY_FALLBACKS"]) == ("newest", ["oldest"])
