"""The members as JSON: the same rules as the pages."""

import io

import pytest

from tests.factories import Factory

BASE = "/api/v1/members"


@pytest.fixture
def client(app, tenant, api_token):
    """`client(actor)` calls the API as that person: `(method, path, **options) -> response`."""

    def make(actor, scopes=None):
        headers = {"Authorization": f"Bearer {api_token(actor, scopes)}", "Host": tenant.host}

        def call(method, path="", **options):
            options["headers"] = {**headers, **options.pop("headers", {})}
            return app.test_client().open(BASE + path, method=method, **options)

        return call

    return make


def sent(content, name="members.csv"):
    return {"data": {"file": (io.BytesIO(content), name)}, "content_type": "multipart/form-data"}


def test_a_file_is_imported_in_one_call(client, administrator, commonwealth):
    call = client(administrator)
    answer = call("POST", "/import", **sent(commonwealth))
    assert answer.status_code == 200
    assert answer.json == {"created": 56, "updated": 0, "unchanged": 0, "notes": []}
    again = call("POST", "/import", **sent(commonwealth))
    assert again.json["unchanged"] == 56


def test_a_dry_run_changes_nothing(client, administrator, commonwealth):
    call = client(administrator)
    assert call("POST", "/import?dry_run=true", **sent(commonwealth)).json["created"] == 56
    assert call("GET").json["total"] == 0


def test_bad_rows_are_named_and_nothing_is_imported(client, administrator):
    call = client(administrator)
    answer = call("POST", "/import", **sent(b"code,joined\nNA,1990\nXX,soon\n"))
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert [(row["row"], row["column"], row["value"]) for row in answer.json["rows"]] == [
        (3, "code", "XX"),
        (3, "joined", "soon"),
    ]
    assert all(row["reason"] for row in answer.json["rows"])
    assert call("GET").json["total"] == 0


@pytest.mark.parametrize("options", [{}, sent(b""), sent(b"\x00\x01")])
def test_a_missing_or_unreadable_file_is_refused_by_its_field(client, administrator, options):
    answer = client(administrator)("POST", "/import", **options)
    assert answer.status_code == 422
    assert "file" in answer.json["errors"]


def test_members_are_listed_page_by_page(client, member, imported):
    call = client(member)
    first = call("GET", "?page_size=50").json
    assert (first["total"], first["pages"], len(first["items"])) == (56, 2, 50)
    second = call("GET", "?page_size=50&page=2").json
    codes = {item["country"] for item in first["items"] + second["items"]}
    assert len(codes) == 56


def test_members_are_filtered_as_on_the_page(client, member, imported):
    call = client(member)
    found = call("GET", "?region=Europe&flag=name-to-confirm").json["items"]
    assert [(item["country"], item["name_is_fallback"]) for item in found] == [("CY", True)]
    [namibia] = call("GET", "?q=Namibia").json["items"]
    assert (namibia["name"], namibia["joined_year"]) == ("Electoral Commission of Namibia", 1990)
    assert namibia["micro_state"] is None


def test_a_filter_that_cannot_be_understood_is_refused_by_its_name(client, member):
    answer = client(member)("GET", "?flag=nonsense&page=0")
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"flag", "page"}


def test_a_member_comes_with_its_people_and_its_version(client, member, imported, emb, factory):
    factory.actor("Ndapewa Fictional", organisation=emb("NA"), roles=["focal_point"])
    answer = client(member)("GET", f"/{emb('NA').id}")
    assert answer.headers["ETag"] == '"1"'
    assert answer.json["has_focal_point"] is True
    [person] = answer.json["people"]
    assert (person["name"], person["is_focal_point"]) == ("Ndapewa Fictional", True)
    assert set(person) == {"id", "name", "role", "is_focal_point"}


def test_a_member_is_corrected_from_the_version_that_was_read(client, administrator, imported, emb):
    call, path = client(administrator), f"/{emb('TV').id}"
    body = {
        "name": "Tuvalu Electoral Office (fictional)",
        "region": "Pacific",
        "languages": ["en"],
        "micro_state": True,
    }
    assert call("PUT", path, json=body).status_code == 428
    done = call("PUT", path, json=body, headers={"If-Match": '"1"'})
    assert done.status_code == 200
    assert done.headers["ETag"] == '"2"'
    assert (done.json["name_is_fallback"], done.json["micro_state"]) == (False, True)
    late = call("PUT", path, json=body, headers={"If-Match": '"1"'})
    assert late.status_code == 409
    assert late.json["current"]["version"] == "2"


def test_a_correction_is_validated_as_on_the_page(client, administrator, imported, emb):
    body = {"name": "", "joined_year": "soon"}
    call = client(administrator)
    answer = call("PUT", f"/{emb('TV').id}", json=body, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"name", "joined_year"}


def test_only_administrators_import_and_correct(client, member, imported, emb, commonwealth):
    call = client(member)
    assert call("POST", "/import", **sent(commonwealth)).status_code == 403
    answer = call("PUT", f"/{emb('TV').id}", json={}, headers={"If-Match": '"1"'})
    assert answer.status_code == 403
    assert call("GET").status_code == 200


def test_a_token_does_no_more_than_its_scopes(client, administrator, commonwealth):
    call = client(administrator, ["kernel:members:see"])
    assert call("GET").status_code == 200
    assert call("POST", "/import", **sent(commonwealth)).status_code == 403


def test_another_networks_member_is_not_found(
    app, client, make_tenant, administrator, imported, emb
):
    path = f"/{emb('NA').id}"
    other = make_tenant()
    here = Factory(app, other).organisation(country="NA")
    call = client(administrator)
    assert call("GET", f"/{here.id}").status_code == 404
    body = {"name": "X"}
    answer = call("PUT", f"/{here.id}", json=body, headers={"If-Match": '"1"'})
    assert answer.status_code == 404
    assert call("GET", path).status_code == 200


def test_the_api_describes_its_members(app):
    document = app.test_client().get("/api/v1/openapi.json").json
    assert {"get"} <= set(document["paths"]["/api/v1/members"])
    operation = document["paths"]["/api/v1/members/import"]["post"]
    assert "multipart/form-data" in operation["requestBody"]["content"]
