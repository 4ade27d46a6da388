"""Translating posts: by people, for people who read another language."""

from uuid import UUID

from kernel import audit
from kernel.db import db
from kernel.db.constraints import explain
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from kernel.values import clock
from network.topics import access, queries, rules
from network.topics.models import PostTranslation

_TRANSLATED = N_("There is a translation into this language. Change that one.")
explain("uq_post_translation_tenant_id_post_id_language", _TRANSLATED, field="language")


def add_translation(actor: Actor, post_id: UUID, *, language: str, body: str) -> PostTranslation:
    """Attach a translation to a post, of the version that stands now.

    Raises NotFound, Forbidden but for members of the group, and Refused for a removed post, the
    language it is written in, and one it is translated into already.
    """
    seen = queries.post_seen_by(actor, post_id)
    access.require_write(actor, seen.standing)
    rules.check_visible(seen.post.status)
    if language == seen.post.language:
        raise Refused(
            N_("The post is written in this language. Choose the one you translate into."),
            field="language",
        )
    if queries.translation_of(post_id, language) is not None:
        raise Refused(_TRANSLATED, field="language")
    translation = PostTranslation(
        post_id=post_id,
        language=language,
        body=body,
        translator_id=actor.person_id,
        of_version=seen.post.version,
    )
    db.session.add(translation)
    db.session.flush()
    _record(actor, "post.translated", seen, language)
    return translation


def change_translation(
    actor: Actor, translation_id: UUID, *, version: int | None, body: str
) -> PostTranslation:
    """Bring a translation up to the version of the post that stands now; any member does.

    Raises NotFound, Forbidden, Refused for a removed post, and Conflict when `version` is not the one
    that stands.
    """
    translation, seen = queries.translation_seen_by(actor, translation_id)
    access.require_write(actor, seen.standing)
    rules.check_visible(seen.post.status)
    translation.expect(version, {"body": translation.body})
    translation.body, translation.of_version = body, seen.post.version
    translation.translator_id, translation.written_at = actor.person_id, clock.now()
    _record(actor, "post.translation_changed", seen, translation.language)
    return translation


def remove_translation(actor: Actor, translation_id: UUID) -> UUID:
    """Take a translation away: one's own, or any for the chair; answers with its post.

    Raises NotFound and Forbidden.
    """
    translation, seen = queries.translation_seen_by(actor, translation_id)
    access.require_edit_or_moderate(actor, seen.standing, translation.translator_id)
    db.session.delete(translation)
    _record(actor, "post.translation_removed", seen, translation.language)
    return seen.post.id


def _record(actor: Actor, action: str, seen: queries.PostSeen, language: str) -> None:
    after = {"language": language, "of_version": seen.post.version}
    audit.record(actor, action, seen.post, after=after, label=seen.label)
