"""The library in a real browser: published, translated, collected, packed, and read without a connection."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check_axe
from tests.browser.people import People
from tests.browser.steps import fill, follow, press, read
from tests.factories import Factory


@pytest.fixture
def cast(factory: Factory) -> tuple[object, object]:
    """Who writes, and who reviews."""
    return factory.actor("Ama Fictional"), factory.actor("Lea Fictional", roles=["librarian"])


def test_two_people_publish_and_a_pack_is_read_without_a_connection(
    people: People,
    cast: tuple[object, object],
    run_jobs: Callable[[], list[str]],
    tmp_path: Path,
) -> None:
    author, reviewer = people.page(cast[0]), people.page(cast[1], lang="fr")
    author.goto("/network/library/new")
    author.get_by_label("Title").fill("Checklist for ink")
    author.get_by_label("Subject").select_option("voting_operations")
    author.get_by_label("Phase of the electoral cycle").select_option("planning")
    check_axe(author)
    author.get_by_role("button", name="Save as a draft").click()
    author.locator("#file").set_input_files(
        {"name": "ink.txt", "mimeType": "text/plain", "buffer": b"Shake the bottle (fictional)."}
    )
    author.get_by_role("button", name="Add the file").click()
    author.get_by_role("button", name="Hand in for review").click()
    expect(author.get_by_text("waits for its review")).to_be_visible()
    check_axe(author)
    run_jobs()

    reviewer.goto("/network/library")
    reviewer.get_by_role("link", name="Checklist for ink").click()
    reviewer.locator("article h3 a").click()
    reviewer.locator("form[action$='/publish'] button").click()
    expect(reviewer.locator("h1")).to_have_text("Checklist for ink")
    check_axe(reviewer)
    run_jobs()

    translate_and_collect(author, reviewer, run_jobs)

    author.goto("/network/library?words=shake")
    author.get_by_role("checkbox").check()
    check_axe(author)
    author.get_by_role("button", name="Add what is ticked to your pack").click()
    check_axe(author)
    author.get_by_role("button", name="Make the pack").click()
    expect(author.get_by_role("heading", name="Your pack is being made")).to_be_visible()
    run_jobs()
    with author.expect_download() as download:
        author.get_by_role("link", name="Fetch the pack").click()
    zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())).extractall(tmp_path)

    offline = author.context.browser.new_context(offline=True).new_page()  # type: ignore[union-attr]
    offline.goto((tmp_path / "index.html").as_uri())
    offline.get_by_role("link", name="Checklist for ink").click()
    expect(offline.locator("h1")).to_have_text("Checklist for ink")
    assert offline.evaluate("getComputedStyle(document.body).maxInlineSize") != "none"
    beside = offline.get_by_role("link", name="ink.txt").get_attribute("href")
    assert (tmp_path / "items" / str(beside).replace("%20", " ")).read_bytes().startswith(b"Shake")
    offline.context.close()


def translate_and_collect(author: Page, reviewer: Page, run_jobs: Callable[[], list[str]]) -> None:
    """Translate what was published, and put it into a collection; each sees what the other did."""
    author.goto("/network/library")
    follow(author, "Checklist for ink")
    author.locator("article h3 a").click()
    follow(author, "Translate this version")
    fill(author, language="fr", title="Liste de contrôle de l’encre")
    author.locator("main .buttons button").click()
    encre = {"name": "encre.txt", "mimeType": "text/plain", "buffer": b"Agitez (fictif)."}
    author.locator("#file").set_input_files(encre)  # type: ignore[arg-type]
    press(author, "Add the file")
    press(author, "Hand in for review")
    read(author, "waits for its review")
    run_jobs()
    item = reviewer.url
    reviewer.reload()
    reviewer.locator("section[aria-labelledby=translations-title] h3 a").click()
    reviewer.locator("form[action$='/publish'] button").click()
    expect(reviewer.locator("h1")).to_have_text("Checklist for ink")
    reviewer.goto("/network/library")
    expect(reviewer.get_by_role("link", name="Liste de contrôle de l’encre")).to_be_visible()
    reviewer.goto("/network/library/collections/new")
    fill(reviewer, title="Préparer le vote")
    reviewer.locator("main .buttons button").click()
    chosen = reviewer.locator("select[name=item_id]")
    chosen.select_option(chosen.locator("option").last.get_attribute("value"))
    reviewer.locator("section[aria-labelledby=add-title] form button").click()
    expect(reviewer.locator("main ol.list > li")).to_contain_text("Liste de contrôle de l’encre")
    author.goto(item)
    follow(author, "Préparer le vote")
    expect(author.locator("main ol.list > li")).to_contain_text("Checklist for ink")
