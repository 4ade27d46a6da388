"""The least a list of participants needs: who earned what, counted by gender. In English."""

from collections import Counter
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from babel import Locale

GENDERS = {
    "female": "Female",
    "male": "Male",
    "other": "Other",
    "not_declared": "Not declared",
}
STANDINGS = {
    "earned": ("Earned a certificate", " ok"),
    "took_part": ("Took part", " info"),
    "absent": ("Did not attend", ""),
}
NAMES = Locale("en").territories


def prepare(workshop_id: object, results: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The template's values, from the workshop and its participants."""
    [workshop], people = results
    needed = workshop.threshold_numerator * workshop.scheduled
    counted: Counter[tuple[str, str]] = Counter()
    shown = []
    for one in people:
        earned = one.attended and one.attended * workshop.threshold_denominator >= needed
        standing = "earned" if earned else "took_part" if one.attended else "absent"
        counted[one.gender, standing] += 1
        counted[one.gender, ""] += 1
        label, kind = STANDINGS[standing]
        shown.append(
            SimpleNamespace(
                id=one.id,
                name=one.name,
                country=NAMES[one.country],
                organisation_name=one.organisation_name,
                gender=GENDERS[one.gender],
                attended=one.attended,
                standing=label,
                kind=kind,
            )
        )
    columns = ("", *STANDINGS)
    return {
        "base": f"/training/workshops/{workshop_id}",
        "workshop": workshop,
        "people": shown,
        "countries": sorted(
            ((code, NAMES[code]) for code in {one.country for one in people}),
            key=lambda pair: pair[1],
        ),
        "genders": [
            (gender, label, [(column, counted[gender, column]) for column in columns])
            for gender, label in GENDERS.items()
        ],
        "totals": [sum(counted[gender, column] for gender in GENDERS) for column in columns],
    }
