"""Choosing a person by words: in the same form, with what was typed kept, without scripts."""

import pytest

from tests.factories.network import make_group

NEW = "/network/groups/new"


@pytest.fixture
def crowd(factory):
    """People of three organisations, two of them of the same name."""
    ghana = factory.organisation("Electoral Commission", country="GH")
    malta = factory.organisation("Electoral Commission", country="MT")
    return {
        "kofi": factory.actor("Kofi Fictional", organisation=ghana),
        "koji": factory.actor("Koji Fictional", organisation=malta),
        "elodie": factory.actor("Élodie Fictional", organisation=factory.organisation("Bureau")),
    }


def offered(page, field="chair_id"):
    """The names among which one chooses, in order."""
    return [
        " ".join("".join(label.itertext()).split())
        for label in page.document.iter("label")
        if any(one.get("name") == field for one in label.iter("input"))
    ]


def test_nobody_is_listed_before_words_are_typed_but_who_is_chosen(
    browser_for, administrator, crowd
):
    (only,) = offered(browser_for(administrator).get(NEW))
    assert only.startswith("Nia Admin")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("kof", ["Kofi Fictional"]),
        ("ELODIE", ["Élodie Fictional"]),
        ("ko electoral", ["Kofi Fictional", "Koji Fictional"]),
        ("malta", ["Koji Fictional"]),
        ("ko malta", ["Koji Fictional"]),
        ("ofi", []),
        ("100%", []),
        ("kofi nobody", []),
    ],
)
def test_each_word_begins_a_name_an_organisation_or_a_country(
    browser_for, administrator, crowd, words, names
):
    browser = browser_for(administrator)
    page = browser.submit(browser.get(NEW), "Find", chair_id_words=words)
    assert page.status == 200
    first, *found = offered(page)
    assert first.startswith("Nia Admin")
    assert [name.partition(" Fictional")[0] + " Fictional" for name in found] == names
    assert ("Nobody else was found" in page.text) is (not names)


def test_where_somebody_is_stands_beside_the_name(browser_for, administrator, crowd):
    browser = browser_for(administrator)
    page = browser.submit(browser.get(NEW), "Find", chair_id_words="koji")
    assert offered(page)[1] == "Koji FictionalElectoral Commission (Malta)"


def test_what_was_typed_is_kept_while_one_looks_and_who_was_found_is_chosen(
    browser_for, administrator, crowd
):
    browser = browser_for(administrator)
    page = browser.submit(browser.get(NEW), "Find", name="Inks", chair_id_words="kofi")
    assert 'value="Inks"' in page.html
    page = browser.submit(page, "Create group", chair_id=str(crowd["kofi"].person_id))
    assert page.status == 200
    assert "Inks" in page.title
    assert "Kofi Fictional" in page.text


def test_words_nobody_was_looked_for_by_yet_find_before_anything_is_saved(
    browser_for, administrator, crowd
):
    browser = browser_for(administrator)
    page = browser.submit(browser.get(NEW), "Create group", name="Inks", chair_id_words="kofi")
    assert page.path == NEW
    assert len(offered(page)) == 2
    assert "Inks" not in browser.get("/network/groups").text


def test_nobody_chosen_is_refused_and_who_was_found_stays(
    browser_for, inside, administrator, chair, crowd
):
    with inside():
        group = make_group(administrator, chair)
    browser = browser_for(chair)
    page = browser.submit(
        browser.get(f"/network/groups/{group.id}/invite"), "Find", person_id_words="kofi"
    )
    page = browser.submit(page, "Invite or add")
    assert page.errors == ["Choose a person."]
    assert len(offered(page, "person_id")) == 1


def test_a_member_is_not_offered_to_be_invited(browser_for, inside, administrator, chair, crowd):
    with inside():
        group = make_group(administrator, chair, [crowd["kofi"]])
    browser = browser_for(chair)
    page = browser.submit(
        browser.get(f"/network/groups/{group.id}/invite"), "Find", person_id_words="ko"
    )
    assert [name.split()[0] for name in offered(page, "person_id")] == ["Koji"]
