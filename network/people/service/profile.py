"""What a person says of herself, and who may see it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from kernel.audit import record
from kernel.db import db
from kernel.db.constraints import explain
from kernel.errors import N_, Conflict
from kernel.identity.actor import Actor
from kernel.values.sorting import sort_key
from network.people import queries
from network.people.models import Profile
from network.people.rules import Audience, Field, Level, audience_of, check_languages
from network.people.schemas import form_values
from network.people.service.findable import make_findable

_TEXTS = ("position", "languages", "expertise", "about", "phone")

explain(
    "uq_profile_tenant_id_person_id",
    N_("Your profile was saved in another window meanwhile. Open this page again."),
)


def own_profile(actor: Actor) -> Profile:
    """The actor's own profile; an empty one of version 0, not stored, while she has said nothing."""
    return queries.profile_of(actor.person_id) or Profile(
        person_id=actor.person_id,
        position="",
        languages={},
        expertise=[],
        about="",
        phone="",
        audiences={},
        version=0,
    )


def audiences_of(profile: Profile) -> dict[Field, Audience]:
    """Who may see each field of a profile."""
    return {field: audience_of(field, profile.audiences) for field in Field}


def change_profile(
    actor: Actor,
    *,
    version: int | None,
    position: str | None,
    languages: Iterable[tuple[str | None, Level | None]],
    expertise: Sequence[str],
    about: str | None,
    phone: str | None,
    audiences: Mapping[Field, Audience],
) -> Profile:
    """Change what the actor says of herself, and who may see each field.

    `version` is 0 as long as she has said nothing. Raises Conflict when she saved it elsewhere meanwhile,
    Refused for a language without a level.
    """
    profile = own_profile(actor)
    before = _facts(profile)
    if profile.version != version:
        raise Conflict(current={**form_values(profile), "version": profile.version})
    profile.position, profile.about, profile.phone = position or "", about or "", phone or ""
    profile.languages = dict(check_languages(languages))
    profile.expertise = list(expertise)
    profile.expertise_key = sort_key(*expertise)
    chosen = {**audiences_of(profile), **audiences}
    profile.audiences = {field.value: audience.value for field, audience in chosen.items()}
    if version == 0:
        db.session.add(profile)
    after = _facts(profile)
    if before != after:
        record(
            actor,
            "profile.changed",
            profile,
            before,
            after,
            personal=_TEXTS,
            about=actor.person_id,
            label="",
        )
        make_findable(actor.person_id)
    return profile


def forget(person_id: UUID) -> None:
    """Forget what somebody who was erased had said of herself."""
    db.session.execute(delete(Profile).where(Profile.person_id == person_id))
    make_findable(person_id)


def _facts(profile: Profile) -> dict[str, Any]:
    return {
        **{name: getattr(profile, name) for name in _TEXTS},
        **{f"sees_{field}": audience for field, audience in audiences_of(profile).items()},
    }
