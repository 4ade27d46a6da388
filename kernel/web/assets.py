"""Style sheets and scripts, joined at start and served under names that carry their hash.

There is no build step: the layer files of `static/css` are joined in a fixed order, scripts and
icon are taken as they are, comments are dropped. A name changes with its content, so a browser may
keep it for ever.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from kernel.web.pipeline import WITHOUT_TENANT
from kernel.web.routes import PUBLIC, declare

STATIC = Path(__file__).parent / "static"
LAYERS = (
    "layers.css",
    "tokens.css",
    "reset.css",
    "base.css",
    "shell.css",
    "parts/*.css",
    "print.css",
)
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One served file: its hashed name, its bytes and the same bytes under gzip."""

    name: str
    body: bytes
    packed: bytes
    content_type: str


def hashed(name: str, body: bytes) -> Asset:
    """Give `body` a name with its hash in it: `app.css` becomes `app.0123abcd4567.css`."""
    path = Path(name)
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(
        name=f"{path.stem}.{digest}{path.suffix}",
        body=body,
        packed=gzip.compress(body, compresslevel=9, mtime=0),
        content_type=TYPES[path.suffix],
    )


def style_sheet() -> bytes:
    """Join the layer files in their order, without comments, indents and empty lines."""
    files = [file for pattern in LAYERS for file in sorted((STATIC / "css").glob(pattern))]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return _squeeze(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def script(path: Path) -> bytes:
    """Read one of our scripts without its comments, which stand on lines of their own."""
    text = path.read_text(encoding="utf-8")
    return _squeeze(re.sub(r"^\s*/\*.*?\*/", "", text, flags=re.DOTALL | re.MULTILINE))


def _squeeze(text: str) -> bytes:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line).encode() + b"\n"


def collect() -> dict[str, Asset]:
    """Read every asset, by its plain name."""
    bodies = {"app.css": style_sheet(), "icon.svg": (STATIC / "icon.svg").read_bytes()}
    bodies |= {path.name: path.read_bytes() for path in (STATIC / "vendor").glob("*.js")}
    bodies |= {path.name: script(path) for path in (STATIC / "js").glob("*.js")}
    return {name: hashed(name, body) for name, body in bodies.items()}


def asset_response(asset: Asset) -> Response:
    """Serve an asset for ever, packed when the browser takes gzip."""
    packed = request.accept_encodings["gzip"] > 0
    response = Response(
        asset.packed if packed else asset.body, headers={"Content-Type": asset.content_type}
    )
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER
    return response


def serve_asset(name: str) -> Response:
    """Answer `/assets/<name>`; public, without tenant, session or database."""
    asset = current_app.extensions["assets"]["by_name"].get(name)
    if asset is None:
        abort(404)
    return asset_response(asset)


def init_assets(app: Flask) -> None:
    """Read the assets once, serve them at `/assets/` and give templates `asset("app.css")`."""
    assets = collect()
    app.extensions["assets"] = {"by_name": {asset.name: asset for asset in assets.values()}}
    setattr(serve_asset, WITHOUT_TENANT, True)
    app.add_url_rule("/assets/<name>", "assets", declare(serve_asset, PUBLIC))

    def asset(name: str) -> str:
        return f"/assets/{assets[name].name}"

    app.jinja_env.globals["asset"] = asset
