"""Workshops as JSON: the same rules as the pages."""

import io

import pytest

from tests.factories.training import make_workshop

BASE = "/api/v1/workshops"
FACTS = {
    "title": "By hand",
    "held": "2027-03",
    "city": "Suva",
    "country": "FJ",
    "region": None,
    "state": "draft",
    "threshold": "75%",
    "source": "",
}


@pytest.fixture
def client(app, tenant, api_token):
    """`client(actor)` calls the API as that person: `(method, path, **options) -> response`."""

    def make(actor):
        headers = {"Authorization": f"Bearer {api_token(actor)}", "Host": tenant.host}

        def call(method, path="", **options):
            options["headers"] = {**headers, **options.pop("headers", {})}
            return app.test_client().open(BASE + path, method=method, **options)

        return call

    return make


def sent(content):
    return {
        "data": {"file": (io.BytesIO(content), "file.csv")},
        "content_type": "multipart/form-data",
    }


def test_workshops_are_imported_in_one_call_and_listed_as_far_as_known(
    client, officer, member, events_file
):
    answer = client(officer)("POST", "/import", **sent(events_file))
    assert answer.json == {"created": 6, "updated": 0, "unchanged": 0, "notes": []}
    found = client(member)("GET", "?programme=JEP&year=2015").json
    assert [(item["held"], item["region"]) for item in found["items"]] == [
        ("2015-08", "Africa"),
        ("2015-03", "Asia"),
    ]
    assert client(member)("GET", "?region=none").json["items"][0]["region"] is None


def test_bad_rows_are_named_and_nothing_is_imported(client, officer):
    content = b"programme,event,city,country,month\nJEP,One,Apia,WS,soon\n"
    answer = client(officer)("POST", "/import", **sent(content))
    assert answer.status_code == 422
    assert [(row["row"], row["column"]) for row in answer.json["rows"]] == [(2, "month")]
    assert client(officer)("GET").json["total"] == 0


def test_an_agenda_is_imported_and_the_day_stays_unknown(client, inside, officer, agenda_file):
    with inside():
        workshop_id = make_workshop().id
    call = client(officer)
    assert (
        call("POST", f"/{workshop_id}/agenda/import?dry_run=true", **sent(agenda_file)).json[
            "created"
        ]
        == 8
    )
    assert call("GET", f"/{workshop_id}").json["sessions"] == []
    call("POST", f"/{workshop_id}/agenda/import", **sent(agenda_file))
    answer = call("GET", f"/{workshop_id}").json
    assert answer["held"] == "2015-08"
    assert (answer["sessions"][0]["code"], answer["sessions"][0]["held_on"]) == ("S1", "2015-08-03")


def test_a_workshop_is_made_and_changed_from_the_version_that_was_read(client, officer):
    call = client(officer)
    made = call("POST", json={**FACTS, "programme": "CEP"})
    assert made.status_code == 201
    assert (made.json["threshold"], made.headers["ETag"]) == ("3/4", '"1"')
    path = f"/{made.json['id']}"
    assert call("PUT", path, json=FACTS).status_code == 428
    changed = call("PUT", path, json={**FACTS, "city": "Nadi"}, headers={"If-Match": '"1"'})
    assert (changed.json["city"], changed.headers["ETag"]) == ("Nadi", '"2"')
    late = call("PUT", path, json=FACTS, headers={"If-Match": '"1"'})
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held", "2015-02-30"),
        ("threshold", "80"),
        ("country", "XX"),
        ("state", "over"),
        ("title", ""),
    ],
)
def test_a_wrong_value_is_named_by_its_field(client, officer, field, value):
    answer = client(officer)("POST", json={**FACTS, "programme": "CEP", field: value})
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]


def test_members_read_and_change_nothing(client, inside, member, events_file):
    with inside():
        workshop_id = make_workshop().id
    call = client(member)
    assert call("GET", f"/{workshop_id}").status_code == 200
    assert call("POST", json={**FACTS, "programme": "CEP"}).status_code == 403
    assert call("POST", "/import", **sent(events_file)).status_code == 403
    put = call("PUT", f"/{workshop_id}", json=FACTS, headers={"If-Match": '"1"'})
    assert put.status_code == 403
