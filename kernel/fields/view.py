"""What the form macros draw: the fields of a schema as plain values in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kernel.fields.base import BaseField, translate
from kernel.fields.schema import Schema


class Option(NamedTuple):
    """One entry of a list to choose from."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class FieldView:
    """One field as a form macro draws it; texts are translated, attributes are HTML's."""

    name: str
    label: str
    hint: str
    widget: str
    required: bool
    choices: list[Option] = field(default_factory=list)
    attrs: dict[str, str] = field(default_factory=dict)

    @property
    def multiple(self) -> bool:
        """Whether the browser may send several values."""
        return self.widget in {"checkboxes", "multiselect"} or "multiple" in self.attrs


def describe(
    schema: Schema, choices: Mapping[str, Sequence[Sequence[str]]] | None = None
) -> list[FieldView]:
    """Return the fields of a form in the order of the schema.

    :param choices: (value, label) or (value, label, hint) by field, for lists that the page knows and
        the schema does not; labels and hints are shown as they are.
    """
    listed = choices or {}
    return [
        _view(name, entry, listed.get(name))
        for name, entry in schema.load_fields.items()
        if isinstance(entry, BaseField)
    ]


def _view(name: str, entry: BaseField, listed: Sequence[Sequence[str]] | None) -> FieldView:
    options = entry.form_choices() if listed is None else listed
    return FieldView(
        name=name,
        label=translate(entry.label),
        hint=translate(entry.hint),
        widget=entry.widget,
        required=entry.required,
        choices=[Option(*option) for option in options],
        attrs=entry.form_attrs(),
    )
