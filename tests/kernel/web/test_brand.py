import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from kernel.web.brand import (
    GROUNDS,
    LEAST,
    WHITE,
    contrast,
    families,
    mix,
    require_readable,
    style,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffffff", "#ffbf47", "#777777"])
def test_a_colour_white_cannot_be_read_on_is_refused(colour: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_readable(colour)
    assert refusal.value.field == "brand_colour"


@pytest.mark.parametrize("text", ["", "red", "#123", "#12345g", "#0b5563;}"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="such as #0b5563"):
        require_readable(text)


def test_a_readable_colour_is_taken_in_lower_case() -> None:
    assert require_readable(" #5A2A82 ") == "#5a2a82"


@given(COLOURS.filter(lambda colour: contrast(colour, WHITE) >= LEAST))
def test_every_accepted_colour_gives_readable_bars_and_links(colour: str) -> None:
    for theme, family in families(colour).items():
        assert contrast(family.brand, WHITE) >= LEAST
        assert contrast(family.strong, WHITE) >= LEAST
        for ground in (*GROUNDS[theme], family.soft):
            assert contrast(family.link, ground) >= LEAST


def test_mixing_is_by_share() -> None:
    assert mix("#ffffff", "#000000", 0.5) == "#808080"


def test_the_style_sheet_sets_tokens_and_nothing_else() -> None:
    assert style("#5a2a82").count("light-dark(") == 4
