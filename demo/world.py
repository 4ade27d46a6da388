"""What the parts of the demo share: the network, its people, the day they are told from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from flask import Flask
from flask_babel import force_locale

from demo import ZONE
from kernel.db import db, scoped
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.values import clock


@dataclass
class World:
    """The demo network while it is loaded.

    `people` are the ids of the persons by the key they have in `demo.cast`; all dates of the story
    are told from `today`, so that the demo is never out of date.
    """

    app: Flask
    tenant_id: int
    people: dict[str, UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of loading in the network's time zone."""
        return clock.today(ZONE)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Work in the network as nobody, in a transaction committed at the end of the block."""
        with self.app.app_context(), force_locale("en_GB"), scoped(self.tenant_id):
            yield
            db.session.commit()

    @contextmanager
    def acting(self, key: str) -> Iterator[Actor]:
        """Act as one of the people, in a transaction committed at the end of the block."""
        with self.inside():
            actor = actor_by_person(self.people[key], clock.now())
            db.session.rollback()  # what follows begins in the person's own scope
            if actor is None:
                raise LookupError(f"{key} has no account")
            with scoped(
                self.tenant_id, person=actor.person_id, organisations=actor.organisation_ids
            ):
                yield actor
                db.session.commit()

    @contextmanager
    def acting_at(self, key: str, moment: datetime) -> Iterator[Actor]:
        """Act as one of the people did at a moment that has passed."""
        with clock.frozen(moment), self.acting(key) as actor:
            yield actor
