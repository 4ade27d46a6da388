import datetime as dt
import re

import pytest

from kernel.web.pictures import Bar, BarState, Milestone, gantt
from kernel.web.pictures.gantt import LEAST_WIDTH, NAMES, Row

DAY = dt.date
TODAY = DAY(2027, 2, 20)
ROWS: list[Row] = [
    Bar("Recruit observers", DAY(2027, 1, 1), DAY(2027, 1, 31), BarState.DOING, "doing"),
    Bar("Advance team", DAY(2027, 3, 1), DAY(2027, 3, 31), BarState.TODO, url="/plan/2"),
    Milestone("Polling day", DAY(2027, 4, 14)),
]


def draw(rows: list[Row] = ROWS, *, rtl: bool = False, today: dt.date = TODAY) -> str:
    return str(
        gantt(
            rows,
            title="Plan",
            description="Three steps",
            today=today,
            today_label="Today",
            month_name=lambda month: f"m{month.month}",
            rtl=rtl,
        )
    )


def bars(drawn: str) -> list[tuple[float, float]]:
    """Left edge and width of each bar."""
    found = re.findall(
        r'<rect class="(?:doing|todo|done|blocked)" x="([\d.]+)"[^>]* width="([\d.]+)"', drawn
    )
    return [(float(x), float(width)) for x, width in found]


def test_a_bar_covers_its_first_and_its_last_day() -> None:
    (_, january), (_, march) = bars(draw())
    assert january == pytest.approx(march, abs=0.2)
    (_, one_day), *_ = bars(draw([Bar("One day", DAY(2027, 1, 5), DAY(2027, 1, 5), BarState.TODO)]))
    assert one_day > 4


def test_the_chart_is_mirrored_where_text_runs_from_right_to_left() -> None:
    for (x, width), (mirrored, same) in zip(bars(draw()), bars(draw(rtl=True)), strict=True):
        assert width == pytest.approx(same)
        assert mirrored == pytest.approx(LEAST_WIDTH - x - width, abs=0.2)
    assert f'<text x="{NAMES - 6}"' in draw(rtl=True)


def test_today_is_marked_only_while_the_plan_runs() -> None:
    assert 'class="today"' in draw()
    assert 'class="today"' not in draw(today=DAY(2026, 12, 31))
    assert 'class="today"' not in draw(today=DAY(2027, 5, 1))


def test_every_month_of_a_short_plan_is_named() -> None:
    assert re.findall(r">(m\d+)</text>", draw()) == ["m1", "m2", "m3", "m4"]


def test_a_long_plan_grows_wider_and_stays_in_order() -> None:
    rows: list[Row] = [
        Bar("Long", DAY(2027, 1, 1), DAY(2030, 12, 31), BarState.TODO),
        Milestone("End", DAY(2030, 12, 31)),
    ]
    widths = [float(w) for w in re.findall(r'<svg viewBox="0 0 ([\d.]+)', draw(rows))]
    assert max(widths) > 2 * LEAST_WIDTH
    places = [float(x) for x in re.findall(r'<line class="grid" x1="([\d.]+)"', draw(rows))]
    assert places == sorted(places)
    assert len(places) == 48


def test_states_differ_in_shape_and_not_in_colour_alone() -> None:
    shapes = set()
    for state in (BarState.DOING, BarState.DONE, BarState.BLOCKED):
        drawn = draw([Bar("Step", DAY(2027, 1, 1), DAY(2027, 1, 31), state)])
        shapes.add(tuple(re.findall(r'class="mark" d="[^"]*(l[^"]*)"', drawn)))
    assert len(shapes) == 3


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Polling day", ["Polling day"]),
        ("Select observers and send invitations", ["Select observers and send", "invitations"]),
        (
            "Collect code of conduct pledges and conflict of interest declarations",
            ["Collect code of conduct", "pledges and conflict of…"],
        ),
        ("Wahlbeobachtungsmissionsvorbereitung", ["Wahlbeobachtungsmissionsvorb", "ereitung"]),
    ],
)
def test_a_long_name_takes_two_lines_and_a_longer_one_is_cut(name: str, lines: list[str]) -> None:
    drawn = draw([Milestone(name, DAY(2027, 1, 1))])
    assert re.findall("\u2068(.*?)\u2069", drawn) == lines


def test_names_are_escaped_and_long_ones_are_cut_but_told_in_full() -> None:
    name = "<b>" + "Observers arrive and are briefed " * 3
    drawn = draw([Milestone(name, DAY(2027, 1, 1))])
    assert "<b>" not in drawn
    assert f"<title>&lt;b&gt;{name[3:]}</title>" in drawn
    assert "…\N{POP DIRECTIONAL ISOLATE}</text>" in drawn


def test_a_chart_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        draw([])
