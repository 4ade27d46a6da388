import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.files.names import LONGEST, content_disposition, extension, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\budget.xlsx", "budget.xlsx"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("  two   spaces .txt ", "two spaces .txt"),
        ("تقرير الانتخابات.pdf", "تقرير الانتخابات.pdf"),
        ("E\u0301lections.csv", "Élections.csv"),
        ("...", "file"),
        ("", "file"),
        (None, "file"),
    ],
)
def test_a_given_name_is_made_safe(given_name: str | None, kept: str) -> None:
    assert safe_name(given_name) == kept


def test_a_long_name_keeps_its_extension() -> None:
    name = safe_name("x" * 500 + ".docx")
    assert len(name) == LONGEST
    assert name.endswith("x.docx")


@given(st.text())
def test_any_name_becomes_one_line_within_bounds(given_name: str) -> None:
    name = safe_name(given_name)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\\r\n"')
    assert safe_name(name) == name


@given(st.text())
def test_the_header_is_always_ascii_on_one_line(given_name: str) -> None:
    header = content_disposition(safe_name(given_name))
    assert header.isascii()
    assert header.startswith('attachment; filename="')
    assert not set(header) & set("\r\n")


def test_the_header_carries_a_plain_and_a_true_name() -> None:
    assert content_disposition("Résumé 1.pdf") == (
        "attachment; filename=\"Resume 1.pdf\"; filename*=UTF-8''R%C3%A9sum%C3%A9%201.pdf"
    )
    assert content_disposition("تقرير.pdf").startswith('attachment; filename="file.pdf";')


def test_the_extension_is_lower_case_and_may_be_absent() -> None:
    assert extension("A.PDF") == "pdf"
    assert extension("README") == ""
