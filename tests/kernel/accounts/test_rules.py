from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.accounts.rules import (
    check_password,
    matching_counter,
    new_recovery_code,
    safe_target,
    typed_recovery_code,
)
from kernel.errors import Refused

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaaaaaa", "ama.fictional1", "Ama Fictional"]
)
def test_a_poor_password_is_refused(password):
    with pytest.raises(Refused) as refused:
        check_password(password, name="Ama Fictional", address="ama.fictional@example.org")
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["correct horse battery", "كلمة مرور طويلة", "Tr0ub4dor&3xyz"])
def test_a_long_password_is_good_whatever_it_is_made_of(password):
    check_password(password, name="Ama Fictional", address="ama@example.org")


@pytest.mark.parametrize("drift", [-30, 0, 30])
def test_a_code_within_one_step_is_right(drift):
    code = pyotp.TOTP(SECRET).at(NOON + timedelta(seconds=drift))
    assert matching_counter(SECRET, f" {code[:3]} {code[3:]}", NOON) == int(
        (NOON.timestamp() + drift) // 30
    )


@pytest.mark.parametrize("drift", [-60, 60, 3600])
def test_a_code_further_away_is_wrong(drift):
    code = pyotp.TOTP(SECRET).at(NOON + timedelta(seconds=drift))
    assert matching_counter(SECRET, code, NOON) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "²²²²²²"])
def test_what_is_not_six_digits_is_wrong(code):
    assert matching_counter(SECRET, code, NOON) is None


def test_a_recovery_code_is_known_however_it_is_typed():
    code = new_recovery_code()
    assert typed_recovery_code(f"  {code.upper().replace('-', ' ')} ") == code
    assert len({new_recovery_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\n//evil.example",
        "javascript:alert(1)",
        "evil",
    ],
)
def test_a_target_that_leads_elsewhere_is_dropped(target):
    assert safe_target(target) is None


@pytest.mark.parametrize("target", ["/", "/topics?page=2", "/a/b#c", "/search?q=//x"])
def test_a_path_of_this_host_is_kept(target):
    assert safe_target(target) == target


@given(st.text())
def test_a_kept_target_is_always_a_path(target):
    kept = safe_target(target)
    assert kept is None or (kept[0] == "/" and kept[1:2] not in {"/", "\\"})
