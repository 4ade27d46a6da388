"""What is known of a member besides its country: the fields that imports, forms and JSON share."""

from marshmallow import ValidationError

from kernel import fields
from kernel.errors import N_
from kernel.fields.base import translate
from kernel.values import clock

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


def _not_in_future(year: int | None) -> None:
    if year is not None and year > clock.now().year:
        raise ValidationError(translate(N_("Enter a year that has begun.")))


class MemberFacts(fields.Schema):
    """What is known of a member besides its country."""

    region = fields.Text(label=N_("Region"), max_length=60)
    joined_year = fields.Integer(
        label=N_("Year of joining"), min=EARLIEST_YEAR, max=LATEST_YEAR, validate=_not_in_future
    )
    permanent = fields.YesNo(label=N_("Permanent body"))
    micro_state = fields.YesNo(label=N_("Micro state"))
    languages = fields.LanguageList(
        label=N_("Working languages"), hint=N_("Codes with commas between them, such as en, fr.")
    )
