"""What is sent to choose and ask for a pack, and what is answered of it."""

from kernel.errors import N_
from kernel.fields import Choice, DateTime, Identifier, Integer, ListOf, Schema, Text
from network.packs.rules import DELIVERY_LABELS, SIZE_LABELS, Delivery, PackState, PartSize


class PackInput(Schema):
    """How a pack is to reach its reader."""

    delivery = Choice(
        Delivery,
        labels=DELIVERY_LABELS,
        label=N_("How do you want it?"),
        widget="radios",
        required=True,
    )
    part_size = Choice(
        PartSize,
        labels=SIZE_LABELS,
        label=N_("Size of one mail"),
        hint=N_("Only for mail. A file that fits into no mail is named with its address."),
    )


class ChosenInput(Schema):
    """Items and topics to choose, or to take out of the choice."""

    item_ids = ListOf(Identifier(), load_default=list)
    topic_ids = ListOf(Identifier(), load_default=list)


class ChosenOutput(Schema):
    """What is chosen for the next pack, and what of it a pack by mail names with its address only."""

    item_ids = ListOf(Identifier())
    topic_ids = ListOf(Identifier())
    not_mailed_ids = ListOf(Identifier())


class PackOutput(Schema):
    """A pack: `missing` counts what was chosen and could not be seen any more."""

    id = Identifier()
    delivery = Choice(Delivery)
    part_size = Text()
    state = Choice(PackState)
    asked_at = DateTime()
    done_at = DateTime()
    expires_at = DateTime()
    size = Integer()
    parts = Integer()
    missing = Integer()
