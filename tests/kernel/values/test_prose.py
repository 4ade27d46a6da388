import pytest

from kernel.values.prose import plain, rendered


def test_marks_become_elements():
    assert rendered("**Ink** for *Niue*") == "<p><strong>Ink</strong> for <em>Niue</em></p>\n"


def test_headings_come_below_those_of_the_page():
    assert rendered("# One\n\n## Two\n\n#### Four") == "<h3>One</h3>\n<h4>Two</h4>\n<h5>Four</h5>\n"


def test_lines_break_where_the_writer_broke_them():
    assert rendered("One\nTwo") == "<p>One<br>\nTwo</p>\n"


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.png)",
        '<a href="https://example.org" onclick="x()">x</a>',
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_that_runs_or_loads_comes_through(harm):
    markup = rendered(harm)
    for mark in ("<script", "<img", "<style", 'href="javascript', 'href="data'):
        assert mark not in markup
    assert "onclick=" not in markup.replace("&quot;", '"').split("&lt;")[0]


def test_links_do_not_say_where_they_come_from():
    assert 'rel="noopener noreferrer nofollow"' in rendered("[x](https://example.org)")


def test_plain_words_have_no_marks():
    assert plain("# Ink\n\n- **one** & `two`\n- [three](https://example.org)") == (
        "Ink one & two three"
    )
