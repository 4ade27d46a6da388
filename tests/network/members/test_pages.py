"""The pages of the members, as an administrator and a member use them."""

import csv
import io

import openpyxl
import pytest

from kernel.identity.models import OrganisationKind
from tests.factories import Factory
from tests.pages import Browser

MEMBERS = "/network/members"
BAD = "code,name,joined\nNA,=HYPERLINK(1),1990\nXX,Nowhere,soon\n"


def listed(page):
    """The headings of the list, in order."""
    titles = [e for e in page.document.iter("h3") if e.get("class") == "row-title"]
    return ["".join(title.itertext()) for title in titles]


def rows(page):
    """The cells of every table row."""
    return [["".join(cell.itertext()).strip() for cell in row] for row in page.document.iter("tr")]


@pytest.fixture
def directory(browser_for, member, imported):
    """The directory as a member opens it: `directory(q="…")`."""
    browser = browser_for(member)
    return lambda **asked: browser.get(MEMBERS, query_string=asked)


def test_an_administrator_imports_the_members_in_two_steps(upload, commonwealth):
    check = upload(commonwealth)
    assert "Import 56 members" in check.text
    assert check.text.count("Name to confirm") == 4
    done = upload.browser.submit(check, "Import 56 members")
    assert "56 members added." in done.text
    assert len(listed(done)) == 56


def test_importing_again_says_that_nothing_changes(upload, imported, commonwealth):
    check = upload(commonwealth)
    assert "The same already 56" in check.text
    done = upload.browser.submit(check, "Import 56 members")
    assert "56 members were the same already." in done.text
    assert len(listed(done)) == 56


def test_bad_rows_are_shown_by_row_column_and_reason_and_cannot_be_imported(upload):
    page = upload(BAD.encode())
    assert [row[:3] for row in rows(page)[1:]] == [["3", "code", "XX"], ["3", "joined", "soon"]]
    assert all(row[3] for row in rows(page))
    assert "2 things to mend" in page.text
    with pytest.raises(AssertionError, match="no button"):
        page.form("Import 1 member")


def test_confirming_a_bad_file_by_hand_imports_nothing(upload):
    page = upload(BAD.encode())
    answer = upload.browser.submit(page, "Use these columns")
    data = {"csrf_token": page.document.find(".//input[@name='csrf_token']").get("value")}
    refused = upload.browser.post(f"{answer.path}/confirm", data=data)
    assert refused.status == 422
    assert "No members yet" in upload.browser.get(MEMBERS).text


def test_other_columns_can_be_chosen(upload):
    page = upload(b"Land,Kurz\nElectoral Commission of Namibia,NA\n")
    assert "No column holds the country code" in page.text
    page = upload.browser.submit(page, "Use these columns", country="1", name="0")
    assert "Import 1 member" in page.text
    same = upload.browser.submit(page, "Use these columns", country="1", name="1")
    assert same.status == 422
    assert "Choose a different column for each field." in same.errors


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "The file is empty"), (b"\x89PNG\x00\x01\x02\x00", "cannot be read")],
)
def test_a_file_that_is_no_table_is_refused_on_the_first_step(upload, content, message):
    page = upload(content)
    assert page.status == 422
    assert any(message in error for error in page.errors)


def test_no_file_is_refused(browser_for, administrator):
    browser = browser_for(administrator)
    page = browser.submit(browser.get(f"{MEMBERS}/import"), "Go on")
    assert page.errors == ["Choose a file for “File of members”."]


def test_a_formula_in_a_name_is_text_on_the_page_and_in_the_export(upload):
    page = upload(b"code,name\nNA,=HYPERLINK(1)\n")
    upload.browser.submit(page, "Import 1 member")
    exported = upload.browser.get(f"{MEMBERS}/export.csv").response.get_data(as_text=True)
    assert "'=HYPERLINK(1)" in exported


def test_every_member_sees_the_directory_sorted_by_country(directory):
    page = directory()
    assert page.status == 200
    names = listed(page)
    assert names[:3] == ["Antigua & Barbuda", "Australia", "Bahamas"]
    assert len(names) == 56
    assert "Import members" not in page.links()


def test_all_56_members_are_on_the_map_and_lead_to_their_page(directory):
    page = directory()
    [world] = page.document.findall(".//{*}svg[@class='worldmap']")
    linked = {a.get("href") for a in world.findall(".//{*}a")}
    assert len(linked) == 56
    assert linked <= set(page.links().values())


@pytest.mark.parametrize(
    ("asked", "countries"),
    [
        ({"q": "namib"}, ["Namibia"]),
        ({"q": "eleicoes"}, ["Mozambique"]),
        ({"q": "Élections Commission of Maldives"}, ["Maldives"]),
        ({"q": "Saint Lucia"}, ["St. Lucia"]),
        ({"region": "Europe"}, ["Cyprus", "Malta", "United Kingdom"]),
        ({"region": "Europe", "flag": "name-to-confirm"}, ["Cyprus"]),
        ({"q": "nobody at all"}, []),
    ],
)
def test_filters_in_the_address_narrow_list_and_map(directory, asked, countries):
    page = directory(**asked)
    assert listed(page) == countries
    [world] = page.document.findall(".//{*}svg[@class='worldmap']") or [None]
    on_map = [] if world is None else [title.text for title in world.findall(".//{*}title")]
    assert sorted(on_map) == countries


def test_a_filter_that_cannot_be_understood_is_as_if_not_asked(directory):
    page = directory(
        flag="nonsense", micro_state="perhaps", region="Europe", unknown="x", page="-1"
    )
    assert listed(page) == ["Cyprus", "Malta", "United Kingdom"]


def test_micro_states_can_be_listed_once_they_are_known(directory, upload):
    page = upload(b"iso,micro state\nNR,yes\nIN,no\n")
    upload.browser.submit(page, "Import 2 members")
    assert listed(directory(micro_state="yes")) == ["Nauru"]
    assert listed(directory(micro_state="no")) == ["India"]


def test_the_list_turns_pages_and_keeps_its_filters(directory):
    first = directory(region="Africa", page_size="10")
    assert len(listed(first)) == 10
    assert "page=2" in first.links()["Next"]
    assert "region=Africa" in first.links()["Next"]
    assert "page_size=10" in first.links()["Next"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_exactly_what_is_filtered(directory, browser_for, member, kind):
    answer = browser_for(member).get(f"{MEMBERS}/export.{kind}?region=Europe").response
    assert "attachment" in answer.headers["Content-Disposition"]
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[1] for row in rows] == ["Country code", "CY", "MT", "GB"]
    assert rows[1][2:4] == ["Election management body of Cyprus", "Yes"]


def test_a_member_page_shows_facts_and_people_without_their_addresses(
    browser_for, member, imported, emb, factory
):
    namibia = emb("NA")
    factory.actor(
        "Ndapewa Fictional",
        organisation=namibia,
        roles=["focal_point"],
        address="ndapewa@example.org",
    )
    page = browser_for(member).get(f"{MEMBERS}/{namibia.id}")
    for expected in ("Electoral Commission of Namibia", "Africa", "1990", "Ndapewa Fictional"):
        assert expected in page.text
    assert "Focal point" in page.text
    assert "No focal point" not in page.text
    assert "ndapewa@example.org" not in page.html
    assert "Edit" not in page.links()


def test_a_member_without_focal_point_is_flagged(browser_for, member, imported, emb):
    assert "No focal point" in browser_for(member).get(f"{MEMBERS}/{emb('NA').id}").text


def test_who_admits_people_is_led_to_the_people_of_her_own_body(
    browser_for, factory, imported, emb
):
    namibia, fiji = emb("NA"), emb("FJ")
    focal = factory.actor(organisation=namibia, roles=["focal_point"])
    browser = browser_for(focal)
    link = "Invite and look after people"
    own = browser.get(f"{MEMBERS}/{namibia.id}").links()
    assert browser.get(own[link]).status == 200
    assert link not in browser.get(f"{MEMBERS}/{fiji.id}").links()


def test_a_fallback_name_is_shown_in_the_language_of_the_reader(
    browser_for, factory, imported, emb
):
    reader = factory.actor()
    page = browser_for(reader).get(f"{MEMBERS}/{emb('TV').id}", headers={"Accept-Language": "fr"})
    assert "Tuvalu" in page.title
    assert "Name to confirm" in page.text or "confirmer" in page.text


def test_an_administrator_confirms_a_name(browser_for, administrator, imported, emb):
    browser = browser_for(administrator)
    page = browser.get(f"{MEMBERS}/{emb('TV').id}/edit")
    saved = browser.submit(page, "Save", name="Tuvalu Electoral Office (fictional)", languages="en")
    assert "The member was saved." in saved.text
    assert "Tuvalu Electoral Office (fictional)" in saved.title
    assert "Name to confirm" not in saved.text


def test_a_refused_correction_keeps_what_was_typed(browser_for, administrator, imported, emb):
    browser = browser_for(administrator)
    page = browser.get(f"{MEMBERS}/{emb('TV').id}/edit")
    refused = browser.submit(page, "Save", name="New name", joined_year="soon", languages="English")
    assert refused.status == 422
    assert len(refused.errors) == 2
    assert 'value="New name"' in refused.html
    assert 'value="soon"' in refused.html


def test_who_saves_second_sees_both_versions(browser_for, administrator, imported, emb):
    browser = browser_for(administrator)
    first, second = (browser.get(f"{MEMBERS}/{emb('TV').id}/edit") for _ in range(2))
    browser.submit(first, "Save", name="First name", micro_state="yes")
    conflict = browser.submit(second, "Save", name="Second name")
    assert conflict.status == 409
    both = {row[0].removesuffix(" Differs"): row[1:] for row in rows(conflict)}
    assert both["Name of the election management body"] == ["First name", "Second name"]
    assert both["Micro state"] == ["Yes", "Not known"]
    saved = browser.submit(conflict, "Save mine over theirs")
    assert "Second name" in saved.title


@pytest.mark.parametrize("path", ["/import", "/{id}/edit"])
def test_a_member_may_not_open_the_administrators_pages(browser_for, member, imported, emb, path):
    address = MEMBERS + path.format(id=emb("NA").id)
    assert browser_for(member).get(address).status == 403


def test_a_stranger_is_asked_to_sign_in(browser_for, imported, emb):
    for address in (MEMBERS, f"{MEMBERS}/{emb('NA').id}", f"{MEMBERS}/export.csv"):
        assert browser_for().get(address).status in (302, 303)


def test_another_networks_administrator_finds_nothing_here(
    app, make_tenant, imported, emb, upload, commonwealth
):
    kept = upload(commonwealth).path
    other = make_tenant()
    stranger = Factory(app, other).actor(roles=["network_administrator"])
    browser = Browser.at(app, other.host, stranger)
    for address in (f"{MEMBERS}/{emb('NA').id}", f"{MEMBERS}/{emb('NA').id}/edit", kept):
        assert browser.get(address).status == 404, address
        assert upload.browser.get(address).status == 200, address
    assert listed(browser.get(MEMBERS, query_string={"q": "Namibia"})) == []


def test_an_unknown_member_is_a_404(browser_for, member):
    page = browser_for(member).get(f"{MEMBERS}/01890000-0000-7000-8000-000000000000")
    assert page.status == 404


@pytest.mark.parametrize("address", ["", "/{id}"])
def test_pages_cost_the_same_queries_with_one_and_three_items(
    browser_for, factory, queries, secretariat, address
):
    emb = factory.organisation(country="NA")
    reader = factory.actor(organisation=secretariat)
    factory.actor(organisation=emb)
    browser = browser_for(reader)
    path = MEMBERS + address.format(id=emb.id)
    browser.get(path)
    with queries() as one:
        assert browser.get(path).status == 200
    for code in ("FJ", "MT"):
        factory.organisation(country=code)
        factory.actor(organisation=emb, roles=["focal_point"])
    with queries() as three:
        assert browser.get(path).status == 200
    assert len(three) == len(one) <= 8  # the network, its host, the visitor, her groups, and four


def test_a_partner_without_country_is_listed_and_not_on_the_map(browser_for, factory, member):
    factory.organisation("Pacific Islands Forum (fictional)", kind=OrganisationKind.PARTNER)
    page = browser_for(member).get(MEMBERS)
    assert listed(page) == ["Pacific Islands Forum (fictional)"]
    assert page.text.count("No focal point") == 1  # the filter's own word
