"""Tell people things: once, in the product, and by an email that holds the subject line and the link only."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Delivery, Invitation, Notice, User
from core import outbox

TOPIC = "accounts.deliver"


@transaction.atomic
def notify(
    people: Iterable[User],
    *,
    subject: str,
    text: str,
    link: str,
    key: str,
    now: datetime,
    for_information: bool = False,
    audience: str = "",
) -> None:
    """One notice for each active person, in the caller's transaction; the same person and key are told once.

    `subject` is one line, shown in the email: references, meetings and schools, never a pupil. `text` stays in the
    product. `link` is a path of ours. `for_information` may be muted by the person. `audience` ("kind:argument", see
    accounts.audiences) is asked again when the email goes out. Who is still invited has the invitation as their only
    email: what happened meanwhile waits for them in the product. Raises ValueError on a line break or a foreign link.
    """
    _refuse_nonsense(subject=subject, link=link, key=key)
    notices = [
        Notice(
            person=person,
            subject=subject,
            text=text,
            link=link,
            key=key,
            audience=audience,
            for_information=for_information,
            created_at=now,
        )
        for person in people
        if person.is_active
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    told = [notice.person_id for notice in notices]
    _promise_deliveries(_of_people_who_came_in(Notice.objects.filter(key=key, person__in=told, deliveries=None)), now)


def _of_people_who_came_in(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    return notices.exclude(Exists(Invitation.objects.filter(person=OuterRef("person"), ended_at=None)))


def _promise_deliveries(notices: Iterable[Notice], now: datetime) -> None:
    """The email of each notice that has none yet. Another transaction that told the same people was quicker: nothing."""
    deliveries = Delivery.objects.bulk_create([Delivery(notice=notice, created_at=now) for notice in notices])
    outbox.promise_each(
        topic=TOPIC,
        payloads={str(delivery.pk): {"id": delivery.pk} for delivery in deliveries},
    )


def _refuse_nonsense(*, subject: str, link: str, key: str) -> None:
    if not subject or "\r" in subject or "\n" in subject:
        raise ValueError("A subject is one line")
    if not link.startswith("/") or link.startswith(("//", "/\\")) or "\n" in link:
        raise ValueError("A link is a path of our own")
    if not key:
        raise ValueError("A notice without a key could be given twice")


def mark_read(*, notice_id: int, by: User, now: datetime) -> None:
    """The person has read it; the first time counts. Somebody else's notice stays as it is."""
    Notice.objects.filter(pk=notice_id, person=by, read_at=None).update(read_at=now)


def mark_all_read(*, by: User, now: datetime) -> int:
    """Everything up to now is read; returns how many were unread."""
    return Notice.objects.filter(person=by, read_at=None, created_at__lte=now).update(read_at=now)
