import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from kernel.web import assets
from kernel.web.brand import contrast

CSS = assets.STATIC / "css"
FILES = sorted(CSS.rglob("*.css"))
TOKENS = dict(
    re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\);", (CSS / "tokens.css").read_text())
)
GROUNDS = ("bg", "surface", "sunk")
TEXT = 4.5
"""WCAG 2.2, 1.4.3: least contrast of text."""
CONTROL = 3.0
"""WCAG 2.2, 1.4.11: least contrast of the edge of a control."""
PAIRS = [
    *(("ink", ground, 11.0) for ground in GROUNDS),
    *(("muted", ground, TEXT) for ground in GROUNDS),
    *(("link", ground, TEXT) for ground in GROUNDS),
    ("link", "brand-soft", TEXT),
    ("ink", "brand-soft", TEXT),
    ("brand-ink", "brand", 7.0),
    ("brand-ink", "brand-strong", TEXT),
    ("surface", "bad", TEXT),
    ("bad", "surface", TEXT),
    *((kind, f"{kind}-bg", 5.5) for kind in ("ok", "warn", "bad", "info")),
    *(("ink", f"{kind}-bg", TEXT) for kind in ("ok", "warn", "bad", "info")),
    *(("edge", ground, CONTROL) for ground in GROUNDS),
    ("focus-ink", "focus", TEXT),
]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|width|height|(?:min|max)-(?:width|height))\s*:"
)


def colour(token: str, theme: str) -> str:
    light, dark = TOKENS[token].split(", ")
    return light if theme == "light" else dark


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_every_pair_of_tokens_can_be_read(front: str, back: str, least: float, theme: str) -> None:
    assert contrast(colour(front, theme), colour(back, theme)) >= least


def test_every_colour_is_written_once_and_only_as_a_token() -> None:
    for file in FILES:
        if file.name == "tokens.css":
            continue
        found = re.findall(r"#[0-9a-f]{6}\b(?![0-9a-f])", file.read_text())
        allowed = {"#5f717a", "#8b9ea7"}  # members on the map: neither text nor control
        assert set(found) <= allowed, file


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_logical_properties_are_used(file: Path) -> None:
    text = re.sub(r"@media [^{]+", "", file.read_text())
    assert not PHYSICAL.findall(text)


def test_numbers_stand_right_in_every_direction() -> None:
    rules = re.findall(r"([^{}]+)\{[^{}]*text-align: (left|right)", assets.style_sheet().decode())
    assert {(selector.strip(), side) for selector, side in rules} == {
        (".num", "right"),
        (".table :is(th, td).num", "right"),
    }


def test_every_layer_file_is_joined_in_order() -> None:
    sheet = assets.style_sheet().decode()
    first_rules = [
        "@layer tokens, reset",
        "--bg:",
        "box-sizing",
        "html {",
        ".skip {",
        "@media print",
    ]
    places = [sheet.index(rule) for rule in first_rules]
    assert places == sorted(places)
    assert all(re.search(r"@layer \w+ ?[{,]|@layer tokens,", f.read_text()) for f in FILES)


def test_first_load_of_styles_and_scripts_stays_small() -> None:
    collected = assets.collect()
    first_load = ("app.css", "htmx.js", "app.js")
    assert sum(len(collected[name].packed) for name in first_load) <= 35 * 1024
    assert len(collected["app.js"].packed) <= 2 * 1024


def test_modules_of_single_pages_stay_small() -> None:
    for name, asset in assets.collect().items():
        if name.endswith(".js") and name != "htmx.js":
            assert len(asset.packed) <= 10 * 1024, name


def test_vendored_scripts_are_what_their_record_says() -> None:
    record = json.loads((assets.STATIC / "vendor.json").read_text())
    files = {file.name: file for file in (assets.STATIC / "vendor").iterdir()}
    assert files.keys() == record.keys()
    for name, entry in record.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == entry["sha256"]
        assert entry["version"].encode() in files[name].read_bytes()


def test_packed_copies_are_the_same_bytes_every_time() -> None:
    one, other = assets.collect()["app.css"], assets.collect()["app.css"]
    assert one == other
    assert gzip.decompress(one.packed) == one.body


def test_every_class_of_the_style_sheet_is_used_somewhere() -> None:
    root = assets.STATIC.parents[2]
    sheet = re.sub(r'url\(".*?"\)', "", assets.style_sheet().decode())
    classes = set(re.findall(r"\.([a-z][\w-]*)(?=[\s,{:.>+~\[)])", sheet))
    text = "".join(
        file.read_text(encoding="utf-8")
        for package in ("kernel", "network", "missions", "training")
        for file in (root / package).rglob("*")
        if file.suffix in (".html", ".py") or file.name == "app.js"
    )
    words = set(re.findall(r"[\w-]+", text))
    assert sorted(classes - words) == []
