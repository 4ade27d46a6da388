"""Handing out the documents: to their holders one by one, to an officer all of a workshop's."""

import zipfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from uuid import UUID

from kernel.errors import NotFound
from kernel.files import StoredFile, file_by_id
from kernel.files.backends import storage
from kernel.files.names import safe_name
from kernel.identity.actor import Actor
from training.certificates import access, queries, rules
from training.certificates.queries import Holding, PersonCertificate
from training.workshops.queries import workshop_of

IN_MEMORY: Final = 8 * 1024 * 1024
"""Bytes of an archive; a larger one is put together on disk."""


def my_certificates(actor: Actor) -> list[PersonCertificate]:
    """The actor's own certificates, the latest first."""
    return queries.certificates_of_person(actor.person_id)


def document(actor: Actor, certificate_id: UUID) -> StoredFile:
    """The document as it was signed, for its holder or an officer; raises NotFound for anybody else.

    So it does when the holder was erased.
    """
    held = queries.holding(certificate_id)
    access.require_read(actor, held.person_id)
    if held.certificate.file_id is None:
        raise NotFound
    return file_by_id(held.certificate.file_id)


def archive(actor: Actor, workshop_id: UUID) -> IO[bytes] | None:
    """A ZIP of every certificate of a workshop that stands, each under its holder's name; None for none.

    Raises NotFound, Forbidden.
    """
    access.require_manage(actor)
    workshop_of(workshop_id)
    found = queries.documents_in(workshop_id)
    if not found:
        return None
    spool: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(spool, "w", zipfile.ZIP_STORED) as packed:  # a PDF is compressed already
        for held, file in found:
            with packed.open(_name(held), "w") as entry:
                entry.writelines(_chunks(file))
    spool.seek(0)
    return spool


def _name(held: Holding) -> str:
    """The file's name in the archive; the code keeps namesakes apart."""
    code = rules.grouped(held.certificate.code)
    return safe_name(f"{held.name} {code}.pdf" if held.name else f"{code}.pdf")


def _chunks(file: StoredFile) -> Iterator[bytes]:
    return storage().get(file.key)
