"""Step 1 and how everybody comes in: members from a file, people by invitation."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import People
from tests.browser.steps import fill, follow, press, read

MEMBERS = Path(__file__).parents[3] / "demo/data/commonwealth_members.csv"
BAD_FILE = {
    "name": "bad.csv",
    "mimeType": "text/csv",
    "buffer": b"country,iso_3166,joined\nNamibia,NA,soon\nNowhere,XX,1990\n",
}
PASSWORD = "a fine long pass phrase"
ALUMNI = {
    "Naledi": ("Naledi Mokgosi", "p01@example.org"),
    "Kagiso": ("Kagiso Tau", "p02@example.org"),
}
"""Those whom the file of participants knows already: their names and addresses there."""

RunJobs = Callable[[], list[str]]


def import_members(page: Page) -> None:
    """Upload a file with bad rows, which loads nothing, then the real one, and find its members."""
    page.goto("/network/members")
    follow(page, "Import members")
    page.get_by_label("File of members").set_input_files(BAD_FILE)  # type: ignore[arg-type]
    press(page, "Go on")
    expect(page.get_by_role("heading", name="2 things to mend")).to_be_visible()
    told = page.get_by_role("table", name="2 things to mend").locator("tbody tr")
    for row, said in enumerate((["2", "joined", "soon"], ["3", "iso_3166", "XX"])):
        cells = [text.strip() for text in told.nth(row).locator("th, td").all_text_contents()]
        assert cells[:3] == said
        assert cells[3], "no word on what to do"
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    page.goto("/network/members")
    read(page, "No members yet")

    follow(page, "Import members")
    page.get_by_label("File of members").set_input_files(MEMBERS)
    press(page, "Go on")
    press(page, "Import 56 members")
    read(page, "56 members added.")
    expect(page.locator(".worldmap:not(.inset) a")).to_have_count(56)
    expect(page.locator("main ul.list > li")).to_have_count(56)
    for country, name in (
        ("Namibia", "Electoral Commission of Namibia"),
        ("Tuvalu", "Election management body of Tuvalu"),
    ):
        fill(page, q=country)
        press(page, "Apply")
        expect(page.locator("main ul.list > li")).to_have_count(1)
        expect(page.locator(".worldmap:not(.inset) a title")).to_have_text([country])
        follow(page, country)
        read(page, name)
        page.goto("/network/members")


def open_people_of(page: Page, country: str) -> None:
    """Open the people of a member, from its page."""
    page.goto(f"/network/members?q={country}")
    follow(page, country)
    follow(page, "Invite and look after people")


def invite(page: Page, name: str, role: str = "") -> None:
    """Invite somebody from the page of an organisation's people."""
    follow(page, "Invite a colleague")
    given = {"name": name_of(name), "address": address_of(name)}
    fill(page, **given, **({"role": role} if role else {}))
    press(page, "Send the invitation")
    read(page, "The invitation is on its way.")


def name_of(name: str) -> str:
    """The whole name of somebody in the thread."""
    return ALUMNI[name][0] if name in ALUMNI else f"{name} Fictional"


def address_of(name: str) -> str:
    """The mail address of somebody in the thread."""
    return ALUMNI[name][1] if name in ALUMNI else f"{name.lower()}@thread.example.org"


def accept(people: People, run_jobs: RunJobs, name: str) -> Page:
    """Follow the link of the invitation that somebody was mailed; she is signed in from then on."""
    run_jobs()
    page = people.page()
    page.goto(invitation_link(page, address_of(name)))
    fill(page, password=PASSWORD)
    press(page, "Accept the invitation")
    read(page, "Welcome. You now belong to")
    return page


def invitation_link(page: Page, address: str) -> str:
    """The path in the latest mail to an address, read where the mails of a demonstration are."""
    page.goto("/dev/mail")
    page.get_by_role("listitem").filter(has_text=address).get_by_role("link").first.click()
    letter = page.locator(".letter").inner_text()
    link = next(word for word in letter.split() if "/invitation/" in word)
    return "/invitation/" + link.rpartition("/invitation/")[2]


def sign_out_and_in(page: Page, name: str) -> None:
    """Sign out by the menu, then open a page that asks to sign in."""
    page.locator("summary", has_text="Your menu").click()
    press(page, "Sign out")
    page.goto("/colleagues")
    fill(page, address=address_of(name), password=PASSWORD)
    press(page, "Sign in")
    expect(page.locator("h1")).to_contain_text("People of")
