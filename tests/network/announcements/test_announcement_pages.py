"""The pages of announcements, as people use them."""

from datetime import date

import pytest

from network.announcements import queries


@pytest.fixture
def secretary(browser_for, cast):
    return browser_for(cast.secretariat)


def written(browser, **typed):
    """A draft made on the page; the page it leads to."""
    values = {
        "title_1": "Indelible ink is recalled",
        "body_1": "Send **batch 7** back.",
        "regions": ["Pacific"],
        **typed,
    }
    return browser.submit(browser.get("/network/announcements/new"), "Save draft", **values)


def test_an_announcement_is_written_previewed_and_sent(secretary, cast, browser_for, run_jobs):
    page = written(secretary, must_acknowledge="true", due_on="2031-03-12")
    assert "Pacific" in page.text
    page = secretary.get(page.links()["Choose when to send"])
    assert "2 people, 1 organisation" in page.text
    assert "Cole Colleague, Fia Focal" in page.text
    page = secretary.submit(page, "Send")
    run_jobs()
    reader = browser_for(cast.focal)
    assert "To acknowledge" in reader.get("/network/announcements").text
    page = reader.get(reader.get("/network/announcements").links()["Indelible ink is recalled"])
    page = reader.submit(page, "I have read this")
    assert "You acknowledged it" in page.text
    page = secretary.get(
        secretary.get("/network/announcements").links()["Indelible ink is recalled"]
    )
    assert "1 of 1 organisations" in page.text
    assert "1 of 2 people" in page.text


def test_the_link_of_the_mail_asks_first(inside, browser_for, cast, announce):
    made = announce(due_on=date(2031, 3, 12))
    reader = browser_for(cast.french)
    page = reader.get(f"/network/announcements/{made}/acknowledge")
    assert "J’ai lu ceci" in page.text
    with inside():
        assert queries.seen_by(cast.french, made).acknowledged_at is None
    reader.submit(page, "J’ai lu ceci")
    with inside():
        assert queries.seen_by(cast.french, made).acknowledged_at is not None


def test_a_scheduled_one_shows_its_moment_with_its_zone_and_can_be_taken_back(secretary):
    page = secretary.get(written(secretary).links()["Choose when to send"])
    page = secretary.submit(page, "Send", send_on="2031-03-01", send_time="09:00")
    assert "2031" in page.text
    assert "Take it back" in page._buttons()
    page = secretary.submit(page, "Take it back")
    assert "Draft announcement" in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"regions": []}, "everybody"),
        ({"everybody": "true"}, "everybody"),
        ({"title_2": "Encre"}, "body_2"),
        ({"title_2": "Ink", "body_2": "Again.", "language_2": "en"}, "language_2"),
        ({"must_acknowledge": "true"}, "due_on"),
        ({"due_on": "2001-01-01"}, "due_on"),
        ({"title_1": ""}, "title_1"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(secretary, typed, field):
    page = written(secretary, **typed)
    assert page.status == 422
    invalid = {e.get("name") for e in page.document.iter() if e.get("aria-invalid") == "true"}
    assert field in invalid
    assert "Send **batch 7** back." in page.html


def test_half_a_moment_and_one_that_has_passed_are_refused(secretary):
    link = written(secretary).links()["Choose when to send"]
    assert secretary.submit(secretary.get(link), "Send", send_on="2031-03-01").status == 422
    past = {"send_on": "2001-03-01", "send_time": "09:00"}
    assert secretary.submit(secretary.get(link), "Send", **past).status == 422


def test_a_reader_neither_writes_nor_sees_what_is_not_for_her(browser_for, cast, announce):
    made = announce(regions=("Pacific",))
    reader = browser_for(cast.outsider)
    assert "No announcements yet" in reader.get("/network/announcements").text
    assert reader.get(f"/network/announcements/{made}").status == 404
    assert reader.get(f"/network/announcements/{made}/send").status == 404
    assert reader.get("/network/announcements/new").status == 403


def test_a_chair_is_offered_her_groups_alone(browser_for, cast, group, factory):
    page = browser_for(factory.reload(cast.colleague.person_id)).get("/network/announcements/new")
    assert "Ink trial" in page.text
    assert not {"regions", "everybody"} & {e.get("name") for e in page.document.iter()}


def test_the_api_does_what_the_pages_do(app, tenant, api_token, cast, run_jobs):
    client = app.test_client()

    def ask(actor, method, path, version=None, **body):
        headers = {"Authorization": f"Bearer {api_token(actor)}"}
        if version is not None:
            headers["If-Match"] = version
        return client.open(
            f"/api/v1/announcements{path}",
            method=method,
            base_url=f"http://{tenant.host}",
            headers=headers,
            json=body if method in {"POST", "PUT"} else None,
        )

    draft = {
        "language_1": "en",
        "title_1": "Ink",
        "body_1": "Recalled.",
        "regions": ["Pacific"],
        "match": "all",
        "must_acknowledge": True,
        "due_on": "2031-03-12",
    }
    made = ask(cast.secretariat, "POST", "", **draft)
    assert made.status_code == 201, made.get_json()
    path = f"/{made.get_json()['id']}"
    assert ask(cast.secretariat, "GET", f"{path}/preview").get_json()["people"] == 2
    assert ask(cast.focal, "GET", path).status_code == 404
    sent = ask(cast.secretariat, "POST", f"{path}/schedule", version=made.headers["ETag"])
    assert sent.get_json()["state"] == "scheduled"
    run_jobs()
    told = ask(cast.focal, "PUT", f"{path}/acknowledgement")
    assert told.get_json()["acknowledged_at"]
    tally = ask(cast.secretariat, "GET", f"{path}/tally").get_json()
    assert (tally["by_focal_point"], tally["organisations"]) == (1, 1)
    assert ask(cast.focal, "GET", f"{path}/tally").status_code == 403
    assert len(ask(cast.secretariat, "GET", f"{path}/recipients").get_json()) == 2
    assert ask(cast.focal, "GET", "").get_json()["total"] == 1
