from collections.abc import Callable

import pytest

from kernel.audit.models import AuditEntry
from tests.factories import Factory, TestTenant
from tests.pages import Browser, Page


def choose(
    browser: Browser, came_from: str | None = None, at: str = "/dev/ui/form", **choice: str
) -> Page:
    page = browser.get(at)
    token = next(
        e.get("value") for e in page.document.iter("input") if e.get("name") == "csrf_token"
    )
    headers = {} if came_from is None else {"Referer": came_from}
    return browser.post("/preferences", data={"csrf_token": token, **choice}, headers=headers)


def test_the_language_chosen_in_the_menu_stays(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    actor = factory.actor()
    browser = browser_for(actor)
    page = browser.submit(browser.get("/dev/ui/form"), "العربية")
    assert page.document.get("dir") == "rtl"
    assert browser_for(actor).get("/dev/ui/form").document.get("lang") == "ar"
    assert factory.reload(actor.person_id).language == "ar"


def test_the_theme_chosen_in_the_menu_stays(
    browser_for: Callable[..., Browser], factory: Factory
) -> None:
    actor = factory.actor()
    browser = browser_for(actor)
    page = browser.submit(browser.get("/dev/ui/form"), "Dark")
    assert page.document.get("data-theme") == "dark"
    assert factory.reload(actor.person_id).theme == "dark"
    page = browser.submit(page, "Auto")
    assert page.document.get("data-theme") is None


def test_a_choice_is_in_the_trail_once_from_what_to_what(
    browser_for: Callable[..., Browser],
    factory: Factory,
    trail: Callable[[str], list[AuditEntry]],
) -> None:
    browser = browser_for(factory.actor())
    for _ in range(2):
        choose(browser, language="fr")
    [entry] = trail("person.preferences_changed")
    assert (entry.before, entry.after) == ({"language": None}, {"language": "fr"})


def test_a_choice_leads_back_to_the_page_it_was_made_on(
    browser_for: Callable[..., Browser], factory: Factory, tenant: TestTenant
) -> None:
    browser = browser_for(factory.actor())
    answer = choose(browser, f"http://{tenant.host}/search?q=ink", theme="light")
    assert answer.location == "/search?q=ink"


@pytest.mark.parametrize("came_from", ["https://elsewhere.example/trap", "not an address", None])
def test_a_choice_never_leads_to_another_host(
    browser_for: Callable[..., Browser], factory: Factory, came_from: str | None
) -> None:
    answer = choose(browser_for(factory.actor()), came_from, theme="light")
    assert answer.location == "/"


def test_a_doubled_slash_does_not_lead_to_another_host(
    browser_for: Callable[..., Browser], factory: Factory, tenant: TestTenant
) -> None:
    came_from = f"http://{tenant.host}//elsewhere.example/"
    assert choose(browser_for(factory.actor()), came_from, theme="light").location == "/"


@pytest.mark.parametrize("choice", [{"language": "xx"}, {"language": "pt"}, {"theme": "pink"}])
def test_what_is_not_offered_is_passed_over(
    browser_for: Callable[..., Browser], factory: Factory, choice: dict[str, str]
) -> None:
    actor = factory.actor()
    browser = browser_for(actor)
    assert choose(browser, **choice).location == "/"
    after = factory.reload(actor.person_id)
    assert (after.language, after.theme) == (actor.language, actor.theme)
    assert browser.client.get_cookie(next(iter(choice)), domain=browser.base_url[7:]) is None


def test_a_stranger_keeps_a_language_in_the_browser(browser_for: Callable[..., Browser]) -> None:
    browser = browser_for()
    choose(browser, at="/dev/mail", language="fr")
    assert browser.get("/dev/mail").document.get("lang") == "fr"


def test_choosing_one_leaves_the_other_as_it_was(browser_for: Callable[..., Browser]) -> None:
    browser = browser_for()
    page = browser.get("/sign-in")
    token = next(
        e.get("value") for e in page.document.iter("input") if e.get("name") == "csrf_token"
    )
    answer = browser.post("/preferences", data={"csrf_token": token, "language": "fr"})
    cookies = answer.response.headers.getlist("Set-Cookie")
    assert any(one.startswith("language=fr") for one in cookies)
    assert not any(one.startswith("theme=") for one in cookies)
