"""What a list is narrowed to, as its address says."""

from typing import Any

from flask import request
from marshmallow import EXCLUDE, ValidationError

from kernel.fields import Schema


def asked_in_address(schema: type[Schema]) -> dict[str, Any]:
    """The filters in the address; what cannot be understood is left out, as if not asked."""
    filters = schema(unknown=EXCLUDE)
    try:
        return dict(filters.load(request.args.to_dict()))
    except ValidationError as error:
        return {**filters.load({}), **dict(error.valid_data or {})}
