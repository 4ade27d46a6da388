import pytest

from kernel.values.sealing import SealBrokenError, Sealer


def test_what_is_sealed_is_opened_and_cannot_be_read() -> None:
    sealer = Sealer(["first key"])
    sealed = sealer.seal("the secret élan")
    assert b"secret" not in sealed
    assert sealer.open(sealed) == "the secret élan"


def test_an_older_key_still_opens_and_a_newer_one_seals() -> None:
    sealed = Sealer(["old"]).seal("text")
    both = Sealer(["new", "old"])
    assert both.open(sealed) == "text"
    assert Sealer(["new"]).open(both.seal("text")) == "text"


def test_changed_bytes_and_unknown_keys_open_nothing() -> None:
    sealed = Sealer(["key"]).seal("text")
    for other in (Sealer(["another"]).seal("text"), sealed[:-4] + b"AAA="):
        with pytest.raises(SealBrokenError):
            Sealer(["key"]).open(other)
