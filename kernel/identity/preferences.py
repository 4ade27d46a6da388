"""How a person wants to see the service: her language (mails too) and her theme."""

from sqlalchemy import update

from kernel.db import db
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import Account, Person

THEMES = ("auto", "light", "dark")


def choose_language(actor: Actor, language: str, offered: tuple[str, ...]) -> None:
    """Keep an ISO 639-1 code for pages and mails; raises Refused unless the network offers it."""
    if language not in offered:
        raise Refused(N_("Choose one of the languages of this network."), field="language")
    db.session.execute(
        update(Person)
        .where(Person.tenant_id == actor.tenant_id, Person.id == actor.person_id)
        .values(language=language)
    )


def choose_theme(actor: Actor, theme: str) -> None:
    """Keep `auto`, `light` or `dark`; raises Refused for anything else."""
    if theme not in THEMES:
        raise Refused(N_("Choose auto, light or dark."), field="theme")
    db.session.execute(
        update(Account)
        .where(Account.tenant_id == actor.tenant_id, Account.id == actor.account_id)
        .values(theme=theme)
    )
