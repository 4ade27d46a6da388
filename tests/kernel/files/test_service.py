"""Files as rows and bytes that stand or fall together."""

import hashlib
import io

import pytest
from werkzeug.datastructures import FileStorage as Uploaded

from kernel.db import db, scoped
from kernel.errors import NotFound, Refused
from kernel.files import (
    StoredFile,
    file_by_id,
    keep,
    remove,
    respond,
    respond_shown,
    service,
    store,
    store_all,
)
from kernel.files.backends import storage, storage_from
from kernel.files.folder import FolderStorage
from kernel.files.s3 import S3Storage


def upload(name="minutes.txt", content=b"Minutes of the meeting"):
    return Uploaded(io.BytesIO(content), filename=name)


@pytest.fixture
def author(factory):
    return factory.actor("Ama Fictional")


def test_a_file_is_kept_with_what_is_known_of_it(author, inside):
    with inside():
        row = store(author, upload("../Minutes 1.txt"))
    with inside():
        found = file_by_id(row.id)
        assert (found.name, found.media_type, found.size) == ("Minutes 1.txt", "text/plain", 22)
        assert found.sha256 == hashlib.sha256(b"Minutes of the meeting").digest()
        assert found.created_by == author.person_id
        assert found.key.startswith(f"{author.tenant_id}/")
        assert b"".join(storage().get(found.key)) == b"Minutes of the meeting"


def test_a_document_of_our_own_is_kept_like_any_file(author, inside):
    with inside():
        row = keep(b"%PDF-1.7", "Letter: 1.pdf", "application/pdf", created_by=author.person_id)
    with inside():
        found = file_by_id(row.id)
        assert (found.name, found.media_type, found.size) == ("Letter 1.pdf", "application/pdf", 8)
        assert found.sha256 == hashlib.sha256(b"%PDF-1.7").digest()
        assert b"".join(storage().get(found.key)) == b"%PDF-1.7"


def test_a_document_of_our_own_goes_with_a_rollback(author, inside):
    with inside():
        key = keep(b"%PDF-1.7", "x.pdf", "application/pdf", created_by=author.person_id).key
        db.session.rollback()
        assert not storage().exists(key)


def test_bytes_written_before_a_rollback_are_removed(author, inside):
    with inside():
        key = store(author, upload()).key
        assert storage().exists(key)
        db.session.rollback()
        assert not storage().exists(key)


def test_bytes_are_removed_when_the_session_just_ends(app, author, tenant):
    with app.app_context(), scoped(tenant.id):
        key = store(author, upload()).key
    with app.app_context():
        assert not storage().exists(key)


def test_bytes_stay_when_a_part_of_the_transaction_ends(author, inside):
    with inside():
        key = store(author, upload()).key
        with db.session.begin_nested():
            db.session.flush()
        assert storage().exists(key)
        db.session.rollback()
        assert not storage().exists(key)


def test_bytes_of_a_removed_file_go_after_the_commit(author, inside):
    with inside():
        row = store(author, upload())
    with inside():
        remove(file_by_id(row.id))
        db.session.flush()
        assert storage().exists(row.key)
    with inside():
        assert not storage().exists(row.key)
        with pytest.raises(NotFound):
            file_by_id(row.id)


def test_a_removal_that_is_rolled_back_keeps_the_bytes(author, inside):
    with inside():
        row = store(author, upload())
    with inside():
        remove(file_by_id(row.id))
        db.session.flush()
        db.session.rollback()
    with inside():
        assert storage().exists(file_by_id(row.id).key)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("large.txt", b"x" * 101, "at most 0 MB"),
        ("run.exe", b"MZ", "docx"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_its_name(
    author, inside, monkeypatch, name, content, says
):
    monkeypatch.setattr(service, "LARGEST", 100)
    with inside(), pytest.raises(Refused, match=says) as refused:
        store(author, upload(name, content), field="attachments")
    assert refused.value.field == "attachments"


def test_more_files_than_the_limit_are_refused_and_none_is_kept(author, inside):
    with inside():
        with pytest.raises(Refused, match="at most 10"):
            store_all(author, [upload() for _ in range(service.MOST + 1)])
        assert db.session.query(StoredFile).count() == 0
        assert len(store_all(author, [upload(), upload()])) == 2


def test_another_network_does_not_find_the_file(author, inside, app, make_tenant):
    with inside():
        row = store(author, upload())
    with app.app_context(), scoped(make_tenant().id), pytest.raises(NotFound):
        file_by_id(row.id)


def test_a_file_is_sent_as_a_download_that_nothing_guesses_at(author, inside):
    with inside():
        answer = respond(store(author, upload("Procès-verbal.txt")))
    assert answer.get_data() == b"Minutes of the meeting"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "Proc%C3%A8s-verbal.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Length"] == "22"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "text/plain"


def test_a_page_kept_as_text_is_a_download_and_never_shown(author, inside):
    with inside():
        row = store(author, upload("page.txt", b"<script>alert(1)</script>"), shown=True)
        answer = respond(row)
        with pytest.raises(NotFound):
            respond_shown(row)
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")


def test_a_file_whose_bytes_are_gone_is_not_found(author, inside):
    with inside():
        row = store(author, upload())
        storage().delete(row.key)
        with pytest.raises(NotFound):
            respond(row)


def test_the_configuration_names_the_storage():
    assert isinstance(storage_from("var/files"), FolderStorage)
    s3 = storage_from("s3://bucket?endpoint=http://127.0.0.1:1&region=eu-west-2")
    assert isinstance(s3, S3Storage)
    for address in ("s3://", "s3://bucket?endpint=http://127.0.0.1:1"):
        with pytest.raises(ValueError, match="bucket"):
            storage_from(address)
