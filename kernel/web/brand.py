"""A network's own colour as a style sheet: one colour in, a readable family of colours out."""

import re
from dataclasses import dataclass

from flask import Flask, Response, abort
from markupsafe import Markup

from kernel.errors import N_, Refused
from kernel.web.assets import asset_response, hashed
from kernel.web.pipeline import WITHOUT_TENANT
from kernel.web.routes import PUBLIC, declare

DEFAULT = "#0b5563"
LEAST = 4.5
"""Least contrast of text on its ground: WCAG 2.2, success criterion 1.4.3 (level AA)."""

WHITE = "#ffffff"
BLACK = "#000000"
GROUNDS = {"light": ("#ffffff", "#eef1f2"), "dark": ("#10181c", "#1f2d34")}
"""Grounds text stands on in each theme: the lightest and the darkest of `tokens.css`."""

_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Family:
    """The tokens a brand colour sets, for one theme."""

    brand: str
    strong: str
    soft: str
    link: str


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, from 0 (black) to 1 (white), as WCAG defines it."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`share` of `colour` (0 to 1) mixed in sRGB with the rest of `other`."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def require_readable(colour: str) -> str:
    """The colour in lower case; raises Refused for one on which white text cannot be read."""
    colour = colour.strip().lower()
    if not _HEX.fullmatch(colour):
        raise Refused(N_("Enter a colour such as #0b5563."), field="brand_colour")
    if contrast(colour, WHITE) < LEAST:
        raise Refused(
            N_("White text cannot be read on this colour. Choose a darker one."),
            field="brand_colour",
        )
    return colour


def families(colour: str) -> dict[str, Family]:
    """Bar, hover, soft ground and link of a brand, for the light and the dark theme."""
    shade = mix(colour, BLACK, 0.87)
    light_soft, dark_soft = mix(colour, WHITE, 0.12), mix(colour, GROUNDS["dark"][0], 0.35)
    return {
        "light": Family(
            colour,
            mix(colour, BLACK, 0.75),
            light_soft,
            _readable(colour, BLACK, (*GROUNDS["light"], light_soft)),
        ),
        "dark": Family(
            shade,
            colour,
            dark_soft,
            _readable(colour, WHITE, (*GROUNDS["dark"], dark_soft)),
        ),
    }


def _readable(colour: str, towards: str, grounds: tuple[str, ...]) -> str:
    """The colour, mixed towards black or white until it can be read on every ground."""
    candidates = (mix(colour, towards, share / 20) for share in range(20, -1, -1))
    return next(c for c in candidates if all(contrast(c, g) >= LEAST + 1 for g in grounds))


def style(colour: str) -> str:
    """The tokens of a brand as CSS."""
    family = families(colour)
    lines = (
        f"--{token}:light-dark({getattr(family['light'], name)},{getattr(family['dark'], name)});"
        for token, name in (
            ("brand", "brand"),
            ("brand-strong", "strong"),
            ("brand-soft", "soft"),
            ("link", "link"),
        )
    )
    return "@layer tokens{:root{" + "".join(lines) + "}}\n"


def brand_link(colour: str | None) -> Markup:
    """The link element of a network's colour; nothing for the house colour."""
    if not colour or colour.lower() == DEFAULT:
        return Markup("")
    asset = hashed("brand.css", style(colour.lower()).encode())
    _, digest, _ = asset.name.split(".")
    return Markup('<link rel="stylesheet" href="/assets/brand/{}-{}.css">').format(
        colour.lower().removeprefix("#"), digest
    )


def serve_brand(colour: str, digest: str) -> Response:
    """Answer `/assets/brand/<colour>-<digest>.css`, a pure function of the colour."""
    if not _HEX.fullmatch(f"#{colour}"):
        abort(404)
    asset = hashed("brand.css", style(f"#{colour}").encode())
    if asset.name != f"brand.{digest}.css":
        abort(404)
    return asset_response(asset)


def init_brand(app: Flask) -> None:
    """Serve brand style sheets and give templates `brand_link(colour)`."""
    setattr(serve_brand, WITHOUT_TENANT, True)
    app.add_url_rule("/assets/brand/<colour>-<digest>.css", "brand", declare(serve_brand, PUBLIC))
    app.jinja_env.globals["brand_link"] = brand_link
