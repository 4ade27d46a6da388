import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.files.names import LONGEST, content_disposition, extension, safe_name, within


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


ARABIC = "قَائِمَة"
"""Eight letters and marks of two bytes each."""


@pytest.mark.parametrize(
    ("name", "most", "kept"),
    [
        ("plan.pdf", 8, "plan.pdf"),
        ("plan of the hall.pdf", 12, "plan of.pdf"),
        (f"{ARABIC * 20}.docx", 20, "قَائِمَ.docx"),
        (f"{ARABIC}.docx", 9, "قَ.docx"),
        ("بطاقة", 5, "بط"),
        ("x" * 20 + ".a-very-long-ending", 10, "x" * 10),
        ("🗳️" * 5 + ".PDF", 12, "🗳️.PDF"),
    ],
)
def test_a_name_is_cut_to_bytes_between_letters_and_keeps_its_extension(name, most, kept):
    assert within(name, most) == kept


@given(st.text(max_size=300), st.integers(64, 255))
def test_a_name_cut_to_bytes_is_within_them_and_begins_as_it_did(given_name, most):
    name = f"01-01 {safe_name(given_name)}"
    cut = within(name, most)
    assert len(cut.encode()) <= most
    assert name.startswith(cut.rpartition(".")[0] or cut)
    assert extension(cut) == extension(name) or len(extension(name)) > 10


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
