"""What is done about mails in the background."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from kernel.jobs import job
from network.subscriptions import service
from network.subscriptions.events import MailHeld


@subscriber(MailHeld, "network.wait_with_mail")
def wait_with_mail(event: MailHeld) -> None:
    """Come back when the quiet hours have ended."""
    release_held.enqueue_at(event.release_at)


@job("network.release_held_posts")
def release_held() -> None:
    """Mail what waited for people."""
    service.release_held()


@job("network.send_digests", every="5 * * * *")
def send_digests() -> None:
    """Make the digests of everybody whose hour it is."""
    service.send_digests()


@job("network.forget_mail_marks", every="35 3 * * *")
def forget_mail_marks() -> None:
    """Forget links that work no more, and digests and hidden posts of long ago."""
    service.forget_old_links()
    service.forget_old_digests()
    service.forget_old_held()


@subscriber(PersonErased, "network.forget_subscriptions")
def forget_subscriptions(event: PersonErased) -> None:
    """Forget what she wanted by mail, and every link she got."""
    service.forget_person(event.person_id)
