"""What is said of certificates, on forms and to programs."""

from typing import Final

from kernel import fields
from kernel.errors import N_
from training.certificates.rules import Cause, CertificateState

LONGEST_REASON: Final = 500


class ReasonSchema(fields.Schema):
    """Why a certificate is suspended, reinstated, revoked or replaced."""

    reason = fields.LongText(
        label=N_("Reason"),
        hint=N_(
            "It is kept in the audit trail. The holder is told of it; whoever verifies is not."
        ),
        required=True,
        max_length=LONGEST_REASON,
        rows=3,
    )


class EventOutput(fields.Schema):
    """What a certificate is for. `held` has as much of the date as is known."""

    programme = fields.Text()
    workshop = fields.Text()
    city = fields.Text()
    country = fields.Country()
    held = fields.PartialDay()
    organiser = fields.Text()
    issued_on = fields.Date()


class VerificationOutput(fields.Schema):
    """What a code stands for; without a state there is no certificate of this code."""

    code = fields.Text()
    exists = fields.Boolean()
    stands = fields.Boolean()
    state = fields.Choice(CertificateState)
    since = fields.DateTime()
    event = fields.Nested(EventOutput)


class CertificateOutput(fields.Schema):
    """A certificate. Its ETag is the version to change it from.

    `name` is the signed one, and also the `former_name` where it was corrected since.
    """

    id = fields.Identifier(attribute="certificate.id")
    participant_id = fields.Identifier(attribute="certificate.participant_id")
    person_id = fields.Identifier()
    workshop_id = fields.Identifier()
    name = fields.Text()
    former_name = fields.Text()
    code = fields.Text(attribute="certificate.code")
    language = fields.Text(attribute="certificate.language")
    state = fields.Choice(CertificateState, attribute="certificate.state")
    since = fields.DateTime(attribute="certificate.state_since")
    reason = fields.Text(attribute="certificate.reason")
    cause = fields.Choice(Cause, attribute="certificate.cause")
    supersedes = fields.Identifier(attribute="certificate.supersedes")
    issued_at = fields.DateTime(attribute="certificate.issued_at")
    event = fields.Nested(EventOutput)
    version = fields.Integer(attribute="certificate.version")


class EntryOutput(fields.Schema):
    """A participant who earned a certificate or has one; `due` when the next run issues her one.

    `former_name` is what her certificate calls her, where her name was corrected since.
    """

    participant_id = fields.Identifier(attribute="participant.participant_id")
    person_id = fields.Identifier(attribute="participant.person_id")
    name = fields.Text(attribute="participant.name")
    attended = fields.Integer(attribute="participant.standing.attended")
    scheduled = fields.Integer(attribute="participant.standing.scheduled")
    earned = fields.Boolean(attribute="participant.standing.earned")
    due = fields.Boolean(attribute="is_due")
    outdated = fields.Boolean(attribute="is_outdated")
    former_name = fields.Text()
    certificate_id = fields.Identifier(attribute="certificate.id")
    code = fields.Text(attribute="certificate.code")
    state = fields.Choice(CertificateState)
    version = fields.Integer(attribute="certificate.version")


class RunOutput(fields.Schema):
    """A run that issues certificates: `done` of `total`; without `finished_at` it is at work."""

    id = fields.Identifier()
    workshop_id = fields.Identifier()
    total = fields.Integer()
    done = fields.Integer()
    started_at = fields.DateTime()
    finished_at = fields.DateTime()


class RegisterOutput(fields.Schema):
    """The certificates of a workshop. `below` took part and did not reach the threshold, or took no part."""

    items = fields.ListOf(fields.Nested(EntryOutput), attribute="entries")
    due = fields.Integer()
    issued = fields.Integer()
    below = fields.Integer()
    run = fields.Nested(RunOutput)


class OwnCertificateOutput(fields.Schema):
    """One of one's own certificates."""

    id = fields.Identifier()
    code = fields.Text()
    event = fields.Nested(EventOutput)
    attended = fields.Integer()
    scheduled = fields.Integer()
    issued_at = fields.DateTime()
    state = fields.Choice(CertificateState)


class OwnCertificatesOutput(fields.Schema):
    """One's own certificates, the latest first."""

    items = fields.ListOf(fields.Nested(OwnCertificateOutput))
