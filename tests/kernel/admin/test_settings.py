"""Administrators change their network's settings; the page follows at once."""

import pytest

from kernel.tenancy.queries import current_tenant


@pytest.fixture
def administrator(factory):
    return factory.actor("Adaeze Fictional", roles=["network_administrator"])


@pytest.fixture
def browser(browser_for, administrator):
    return browser_for(administrator)


def save(browser, **typed):
    return browser.submit(browser.get("/admin/settings"), "Save settings", **typed)


def test_settings_are_saved_and_shown_at_once(browser, inside):
    page = save(
        browser,
        name="Pacific Network (fictional)",
        language="fr",
        languages=["en", "fr"],
        time_zone="Pacific/Fiji",
        brand_colour="#7A1F3D",
    )
    assert "Pacific Network (fictional)" in page.text
    assert "7a1f3d" in page.html
    with inside():
        network = current_tenant()
        assert (network.languages, network.time_zone) == (["fr", "en"], "Pacific/Fiji")


def test_a_colour_white_cannot_be_read_on_is_refused_and_kept_on_the_page(browser):
    page = save(browser, brand_colour="#ffcc00", name="Typed already")
    assert page.status == 422
    assert page.errors == ["White text cannot be read on this colour. Choose a darker one."]
    assert "Typed already" in page.html


def test_the_second_of_two_administrators_sees_both_versions(browser):
    page = browser.get("/admin/settings")
    save(browser, name="First")
    answer = browser.submit(page, "Save settings", name="Second")
    assert answer.status == 409
    assert "First" in answer.text
    assert "Second" in answer.html


def test_the_api_asks_for_the_version(app, browser, tenant, api_token, administrator):
    client, options = (
        app.test_client(),
        {
            "base_url": browser.base_url,
            "headers": {"Authorization": f"Bearer {api_token(administrator)}"},
        },
    )
    found = client.get("/api/v1/settings", **options)
    changed = {**found.json, "name": "By program"}
    assert client.put("/api/v1/settings", json=changed, **options).status_code == 428
    options["headers"]["If-Match"] = found.headers["ETag"]
    assert client.put("/api/v1/settings", json=changed, **options).json["name"] == "By program"
    assert client.put("/api/v1/settings", json=changed, **options).status_code == 409


def test_a_member_cannot_open_the_settings(browser_for, factory):
    assert browser_for(factory.actor()).get("/admin/settings").status == 403
