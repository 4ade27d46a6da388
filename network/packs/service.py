"""Choosing, asking for a pack, making it, and letting it expire."""

from collections.abc import Sequence
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.events import emit
from kernel.files import StoredFile, file_by_id, keep, remove
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.mail import Attachment, Recipient, message_id, queue, recipient_of
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from network.packs import queries, rules
from network.packs.archive import Style, Writer
from network.packs.contents import Document, documents_of
from network.packs.events import PackAsked
from network.packs.models import Pack, PackChoice
from network.permissions import NetworkPermission

ZIP = "application/zip"

for _thing in ("item", "topic"):
    explain(
        f"uq_pack_choice_tenant_id_person_id_{_thing}_id",
        N_("You chose this in another window a moment ago. Open the page again to see it."),
    )


def choose(actor: Actor, *, items: Sequence[UUID] = (), topics: Sequence[UUID] = ()) -> int:
    """Add items and topics to what the actor wants in her next pack; tells how many are chosen then.

    What is chosen already stays. Raises Forbidden, NotFound for what she does not see, and Refused for
    more than a pack takes.
    """
    actor.require(NetworkPermission.PACKS_MAKE)
    _check_seen(actor, items, topics)
    before = queries.chosen(actor)
    person = actor.person_id
    new = [
        *(PackChoice(person_id=person, item_id=one) for one in _new(items, before.items)),
        *(PackChoice(person_id=person, topic_id=one) for one in _new(topics, before.topics)),
    ]
    count = len(before.rows) + len(new)
    if count:
        rules.check_choice(count)
    db.session.add_all(new)
    db.session.flush()
    return count


def drop(actor: Actor, *, items: Sequence[UUID] = (), topics: Sequence[UUID] = ()) -> None:
    """Take items and topics out of what the actor chose; what she sees and did not choose is passed over.

    What she chose may be gone from her sight meanwhile. Raises NotFound for anything else.
    """
    chosen, gone = queries.chosen(actor), {*items, *topics}
    _check_seen(actor, _new(items, chosen.items), _new(topics, chosen.topics))
    for choice in chosen.rows:
        if (choice.item_id or choice.topic_id) in gone:
            db.session.delete(choice)
    db.session.flush()


def ask(
    actor: Actor,
    *,
    delivery: rules.Delivery,
    part_size: rules.PartSize | None = None,
    language: str | None = None,
) -> Pack:
    """Have a pack made of what the actor chose; her choice is empty again.

    Raises Forbidden, and Refused for an empty choice, without a size for mails, and while another pack of
    hers is being made.
    """
    actor.require(NetworkPermission.PACKS_MAKE)
    chosen = queries.chosen(actor)
    rules.check_choice(len(chosen.rows))
    by_mail = delivery is rules.Delivery.MAIL
    if by_mail and part_size is None:
        raise Refused(N_("Choose how large one mail may be."), field="part_size")
    if queries.is_waiting(actor, clock.now()):
        raise NotNow(N_("A pack of yours is being made. Wait until it is there."))
    pack = Pack(
        id=new_id(),
        person_id=actor.person_id,
        item_ids=chosen.items,
        topic_ids=chosen.topics,
        delivery=delivery.value,
        part_size=part_size.value if by_mail and part_size else None,
        language=language or actor.language or current_tenant().languages[0],
    )
    db.session.add(pack)
    for choice in chosen.rows:
        db.session.delete(choice)
    db.session.flush()
    emit(PackAsked(pack_id=pack.id))
    audit.record(actor, "pack.asked", pack, after={"delivery": pack.delivery}, label="")
    return pack


def make(pack_id: UUID) -> None:
    """Make a pack of what its reader may see now, and send it or tell her where it is.

    It fails for somebody who has no account or nothing left that she may see. One that is made already
    stays as it is. Raises StorageUnavailable when the files cannot be read or kept now.
    """
    pack = queries.pack_to_build(pack_id)
    if pack is None:
        return
    actor = actor_by_person(pack.person_id, clock.now())
    to = recipient_of(pack.person_id)
    allowed = actor is not None and actor.can(NetworkPermission.PACKS_MAKE)
    documents = documents_of(actor, pack) if actor is not None and allowed else []
    pack.done_at = clock.now()
    _note_held(pack, documents)
    if actor is None or to is None or not documents:
        pack.state = rules.PackState.FAILED.value
        audit.record(None, "pack.failed", pack, label="")
        return
    writer = Writer(documents, _style(actor, pack), pack.done_at)
    if pack.delivery == rules.Delivery.MAIL:
        _send(pack, writer, to, withheld=sum(one.is_withheld for one in documents))
    else:
        _keep(pack, writer, to)
    pack.state = rules.PackState.READY.value
    audit.record(None, "pack.made", pack, after={"size": pack.size}, label="")


def file_to_fetch(actor: Actor, pack_id: UUID) -> StoredFile:
    """The archive of one of the actor's own packs.

    Raises NotFound where there is none, or no more, and NotNow once she may not see all that is in it.
    """
    pack = queries.pack_of(actor, pack_id)
    if pack.file_id is None:
        raise NotFound
    if not queries.still_seen(actor, pack).whole:
        raise NotNow(
            N_(
                "You may no longer see all that is in this pack. Choose again, and have a new one made of what"
                " you see now."
            )
        )
    return file_by_id(pack.file_id)


def expire_packs() -> None:
    """Delete the files of packs whose link has ended."""
    for pack in queries.expired(clock.now()):
        _forget_file(pack)
        pack.state = rules.PackState.EXPIRED.value
        audit.record(None, "pack.expired", pack, label="")


def forget_person(person_id: UUID) -> None:
    """Delete what somebody who was erased had chosen and asked for."""
    for pack in queries.all_of(Pack, person_id):
        _forget_file(pack)
        db.session.delete(pack)
    for choice in queries.all_of(PackChoice, person_id):
        db.session.delete(choice)


def _new(wanted: Sequence[UUID], known: Sequence[UUID]) -> list[UUID]:
    """Each once, in their order, without those that are known."""
    return [one for one in dict.fromkeys(wanted) if one not in known]


def _check_seen(actor: Actor, items: Sequence[UUID], topics: Sequence[UUID]) -> None:
    if {*items, *topics} - queries.seen_among(actor, items, topics):
        raise NotFound


def _note_held(pack: Pack, documents: Sequence[Document]) -> None:
    """Write down what of that which was asked for is in the pack, and how much is missing."""
    held = {one.id for one in documents}
    pack.missing = len(pack.item_ids) + len(pack.topic_ids) - len(held)
    pack.item_ids = [one for one in pack.item_ids if one in held]
    pack.topic_ids = [one for one in pack.topic_ids if one in held]
    pack.file_ids = [file.stored.id for one in documents for file in one.files]


def _style(actor: Actor, pack: Pack) -> Style:
    zone = actor.time_zone or current_tenant().time_zone
    return Style(pack.language, zone, actor.theme)


def _keep(pack: Pack, writer: Writer, to: Recipient) -> None:
    division = rules.in_one(writer.weights(), rules.MOST_BYTES, fixed=writer.fixed())
    content = writer.archive(division, 0)
    file = keep(content, _name(pack, 1, 1), ZIP, created_by=pack.person_id)
    db.session.flush()
    pack.file_id, pack.size, pack.parts = file.id, len(content), 1
    pack.expires_at = clock.now() + rules.LINK_LASTS
    queue(to, "pack_ready", {"pack": pack})


def _send(pack: Pack, writer: Writer, to: Recipient, *, withheld: int) -> None:
    limit = rules.PartSize(pack.part_size or rules.PartSize.ONE).attached
    division = rules.divide(writer.weights(), limit, fixed=writer.fixed())
    pack.parts = len(division.parts)
    for number in range(pack.parts):
        content = writer.archive(division, number)
        pack.size += len(content)
        context = {"pack": pack, "number": number + 1, "withheld": withheld}
        identity = message_id("pack", str(pack.id), str(number))
        attachment = Attachment(_name(pack, number + 1, pack.parts), ZIP, content)
        queue(to, "pack_part", context, message_id=identity, attachment=attachment)


def _name(pack: Pack, number: int, parts: int) -> str:
    part = f"-{number}-{parts}" if parts > 1 else ""
    return f"pack-{pack.asked_at:%Y-%m-%d}{part}.zip"


def _forget_file(pack: Pack) -> None:
    if pack.file_id is None:
        return
    file = file_by_id(pack.file_id)
    pack.file_id = None
    db.session.flush()
    remove(file)
