"""Step 2: a secret group talks; a member of another body cannot tell that it exists."""

from playwright.sync_api import Page, expect

from tests.browser.people import People
from tests.browser.steps import find, follow, press, read, status_of
from tests.browser.thread.joining import RunJobs, address_of

GROUP = "Voter registration"
TITLE = "Indelible ink in the tropics"
PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 plan"}


def make_private_group(page: Page, chair: str, member: str) -> None:
    """Make a group of which only its members know, and add somebody of Ghana."""
    page.goto("/network/groups")
    follow(page, "New group")
    page.get_by_label("Name of the group").fill(GROUP)
    page.get_by_label("Only members may read, and nobody else knows of it").check()
    find(page, chair)
    press(page, "Create group")
    expect(page.locator("h1")).to_have_text(GROUP)
    page.get_by_text("Manage the group").click()
    follow(page, "Invite somebody")
    find(page, member)
    page.get_by_label("Add them at once").check()
    press(page, "Invite or add")
    read(page, "The person was added.")


def write_topic(page: Page) -> str:
    """Write a topic with a file in the group; the address of its page."""
    page.goto("/network/discussions")
    follow(page, "New topic")
    page.get_by_label(GROUP).check()
    read(page, "1 person will be mailed.")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("textbox", name="Your text").fill("Does it hold in **humid** heat?")
    page.get_by_label("Files").set_input_files(PLAN)  # type: ignore[arg-type]
    press(page, "Post the topic")
    expect(page.locator("h1")).to_have_text(TITLE)
    return page.url


def answer(page: Page, run_jobs: RunJobs, name: str, author: str) -> None:
    """Read the mail about the topic, open it from the list and answer; its author is mailed."""
    run_jobs()
    page.goto("/dev/mail")
    mailed = page.get_by_role("listitem").filter(has_text=f"[{GROUP}] {TITLE}")
    expect(mailed).to_have_count(1)
    expect(mailed).to_contain_text(address_of(name))
    page.goto("/network/discussions")
    follow(page, TITLE)
    read(page, "Only members of the group can see this.")
    page.get_by_role("textbox", name="Your text").fill("It does, if the finger is dry.")
    press(page, "Post the answer")
    read(page, "It does, if the finger is dry.")
    run_jobs()
    page.goto("/dev/mail")
    replied = page.get_by_role("listitem").filter(has_text=f"Re: [{GROUP}] {TITLE}")
    expect(replied).to_contain_text(address_of(author))


def check_found_by_members_only(people: People, member: Page, stranger: Page, topic: str) -> None:
    """A member finds topic and file; the stranger neither page, file, count, group nor search hit."""
    member.goto(topic)
    file = member.get_by_role("link", name="plan.pdf").get_attribute("href")
    assert file is not None
    for address in (topic, f"{topic}?page=1", people.address + file):
        assert status_of(member, address) == 200
        assert status_of(stranger, address) == 404
    for page, hidden in ((member, False), (stranger, True)):
        page.goto("/network/discussions")
        expect(page.get_by_text("No topics yet")).to_have_count(int(hidden))
        expect(page.get_by_role("link", name=TITLE)).to_have_count(int(not hidden))
        page.goto("/network/groups")
        expect(page.get_by_role("link", name=GROUP)).to_have_count(2 * int(not hidden))
        page.goto("/")
        page.locator("header [name=q]").fill("humid")
        page.locator("header [name=q]").press("Enter")
        expect(page.get_by_text("Nothing found")).to_have_count(int(hidden))
        expect(page.get_by_role("link", name=TITLE)).to_have_count(int(not hidden))
