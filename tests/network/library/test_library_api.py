"""The library as JSON: what the pages do, by another door."""

from io import BytesIO

import pytest

from tests.factories.library import make_item


@pytest.fixture
def add(app, tenant, api_token, cast, inside):
    """Adds a file to a draft of the author over the API: `add(**fields)` answers."""
    with inside():
        _, draft = make_item(cast.author, language="en")
        path = f"/api/v1/library/versions/{draft.id}/renditions"
    headers = {"Authorization": f"Bearer {api_token(cast.author)}", "Host": tenant.host}

    def send(query="", **fields):
        return app.test_client().post(
            path + query, data=fields, content_type="multipart/form-data", headers=headers
        )

    return send


def ink():
    return BytesIO(b"Ten drops (fictional)."), "ink.txt"


def test_a_file_is_sent_with_its_language_in_one_form(add):
    answer = add(file=ink(), language="fr")
    assert answer.status_code == 201
    assert [(kept["name"], kept["language"]) for kept in answer.json["renditions"]] == [
        ("ink.txt", "fr")
    ]


def test_a_file_without_a_language_has_that_of_its_version(add):
    assert add(file=ink()).json["renditions"][0]["language"] == "en"


def test_what_the_form_does_not_take_is_named(add):
    assert add(file=ink(), language="tlh").json["errors"].keys() == {"language"}
    assert add(file=ink(), tongue="fr").json["errors"].keys() == {"tongue"}
    assert add(language="fr").json["errors"].keys() == {"file"}


def test_the_form_is_described_whole(app):
    document = app.extensions["comitia_api"].spec.to_dict()
    operation = document["paths"]["/api/v1/library/versions/{library_version_id}/renditions"][
        "post"
    ]
    assert "multipart/form-data" in operation["requestBody"]["content"]
    assert document["components"]["schemas"]["RenditionFile"]["properties"].keys() == {
        "file",
        "language",
    }
