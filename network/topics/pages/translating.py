"""The translations of a post."""

from typing import Any
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, see_other
from kernel.web.formats import language_name
from kernel.web.languages import language as language_of_page
from network.permissions import NetworkPermission as May
from network.topics import access, queries, service
from network.topics.pages.blueprint import crumbs_below, pages
from network.topics.rules import check_visible
from network.topics.schemas import LANGUAGES, TranslationChange, TranslationInput


@pages.form("/posts/<uuid:post_id>/translations", permission=May.TOPICS_SEE)
def translations(post_id: UUID) -> ResponseReturnValue:
    """The translations of a post and, for members of its group, a box to add one."""
    seen = queries.post_seen_by(actor(), post_id)
    found = queries.translations_of(post_id)
    taken = {seen.post.language, *(row.PostTranslation.language for row in found)}
    missing = [(code, language_name(code)) for code in LANGUAGES if code not in taken]
    preferred = language_of_page()
    form = Form(
        TranslationInput(),
        {"language": preferred if preferred not in taken else ""},
        choices={"language": [("", gettext("Choose")), *missing]},
    )
    if form.accepts(lambda data: service.add_translation(actor(), post_id, **data)):
        flash(gettext("The translation was added."))
        return see_other("topics.translations", post_id=post_id)
    writes = access.can_write(actor(), seen.standing)
    return form.render(
        "network/topics/translations.html",
        crumbs=crumbs_below(seen.topic, gettext("Translations")),
        post=seen.post,
        translations=found,
        name_of=language_name,
        writes=writes,
        can_add=writes and missing and seen.post.status == "visible",
        removes=lambda translator: (
            access.can_edit(actor(), seen.standing, translator)
            or access.can_moderate(actor(), seen.standing)
        ),
    )


@pages.form("/translations/<uuid:translation_id>", permission=May.TOPICS_WRITE)
def translation(translation_id: UUID) -> ResponseReturnValue:
    """Change a translation, beside the post as it stands now."""
    found, seen = queries.translation_seen_by(actor(), translation_id)
    access.require_write(actor(), seen.standing)
    check_visible(seen.post.status)
    form = Form(TranslationChange(), found, version=found.version)

    def save(data: dict[str, Any]) -> object:
        version = form.posted_version
        return service.change_translation(actor(), translation_id, version=version, **data)

    if form.accepts(save):
        flash(gettext("The translation was changed."))
        return see_other("topics.translations", post_id=seen.post.id)
    return form.render(
        "network/topics/translation.html",
        crumbs=crumbs_below(seen.topic, gettext("Change the translation")),
        post=seen.post,
        translation=found,
        name_of=language_name,
    )


@pages.action("/translations/<uuid:translation_id>/remove", permission=May.TOPICS_WRITE)
def remove_translation(translation_id: UUID) -> ResponseReturnValue:
    """Take a translation away."""
    post_id = service.remove_translation(actor(), translation_id)
    flash(gettext("The translation was removed."))
    return see_other("topics.translations", post_id=post_id)
