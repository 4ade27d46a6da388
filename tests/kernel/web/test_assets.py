import pytest
from flask import Flask

from kernel.web.assets import collect
from kernel.web.brand import brand_link

ANY_HOST = {"Host": "nobody.example.org"}


def test_an_asset_is_kept_for_ever_under_its_hashed_name(app: Flask) -> None:
    name = collect()["app.css"].name
    answer = app.test_client().get(f"/assets/{name}", headers=ANY_HOST)
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_an_asset_is_packed_for_browsers_that_take_it(app: Flask) -> None:
    asset = collect()["htmx.js"]
    client = app.test_client()
    packed = client.get(f"/assets/{asset.name}", headers=ANY_HOST | {"Accept-Encoding": "gzip"})
    plain = client.get(f"/assets/{asset.name}", headers=ANY_HOST | {"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.data == asset.packed
    assert plain.data == asset.body
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("name", ["app.css", "app.000000000000.css", "..%2fapp.py"])
def test_an_unknown_asset_is_not_found(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/assets/{name}", headers=ANY_HOST).status_code == 404


def test_a_network_colour_is_served_by_the_address_templates_write(app: Flask) -> None:
    address = brand_link("#5a2a82").split('"')[3]
    answer = app.test_client().get(address, headers=ANY_HOST)
    assert answer.status_code == 200
    assert b"#5a2a82" in answer.data
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_network_colour_under_a_wrong_hash_is_not_found(app: Flask) -> None:
    answer = app.test_client().get("/assets/brand/5a2a82-000000000000.css", headers=ANY_HOST)
    assert answer.status_code == 404


def test_the_house_colour_needs_no_style_sheet_of_its_own() -> None:
    assert brand_link("#0B5563") == ""
