"""Places at a meeting: given, answered, passed to a substitute, taken back."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Role
from core import audit
from core.formats import long_moment
from core.models import AuditEntry
from core.verdicts import require
from meetings import permissions
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.queries import people
from meetings.services import changes

Answer = Invitation.Answer


class NotASubstitute(Exception):
    """This person cannot stand in here; the text says why."""


class NotAProfessional(Exception):
    """Only people of the Professional Resource Group are invited to one item."""


def invite_members(meeting: Meeting, *, by: User, now: datetime) -> int:
    """Give everybody with a post a place, in the caller's transaction; people who have one keep it. Returns how many are new.

    Whoever invites as the chair is counted as coming. People who left since lose an unanswered place.
    """
    posts = list(people.posts_invited(meeting.body, on=meeting.on))
    wanted = {(post.person_id, post.school_id): post for post in posts}
    known = {(row.person_id, row.school_id): row for row in meeting.invitations.filter(item=None)}
    Invitation.objects.bulk_create(
        _place(meeting, post, by=by, now=now) for key, post in wanted.items() if key not in known
    )
    back = [row.pk for key, row in known.items() if key in wanted and row.withdrawn_at]
    gone = [row.pk for key, row in known.items() if key not in wanted and not row.withdrawn_at]
    Invitation.objects.filter(pk__in=back).update(withdrawn_at=None)
    Invitation.objects.filter(pk__in=gone).update(withdrawn_at=now)
    audit.record(action="meeting.invited", target=meeting, by=by, new=len(wanted.keys() - known.keys()), gone=len(gone))
    return len(wanted.keys() - known.keys())


@transaction.atomic
def answer(
    *,
    invitation_id: int,
    answer: str,
    by: User,
    now: datetime,
    how: str = "",
    reason: str = "",
    substitute_id: int | None = None,
    substitute_name: str = "",
    substitute_email: str = "",
) -> Invitation:
    """Say whether the person comes; with apologies, who comes in their place. A substitute who has an account is told.

    Raises Refused, or NotASubstitute.
    """
    place = _locked(invitation_id)
    require(permissions.may_answer_invitation(by, place))
    stays_away = answer == Answer.NO
    before = place.substitute_id
    place.answer, place.reason = answer, reason if answer != Answer.YES else ""
    place.how = how if answer in (Answer.YES, Answer.MAYBE) else ""
    place.substitute = _substitute(place, substitute_id) if stays_away and substitute_id else None
    place.substitute_name = substitute_name if stays_away and not substitute_id else ""
    place.substitute_email = substitute_email if place.substitute_name else ""
    place.answered_at, place.answered_by = now, by
    place.save()
    act = audit.record(
        action="invitation.answered", target=place, by=by, answer=answer, substitute=place.sends_substitute
    )
    if place.substitute and place.substitute_id != before:
        _tell_substitute(place, act=act, now=now)
    return place


@transaction.atomic
def invite_professional(*, item_id: int, person_id: int, by: User, now: datetime) -> Invitation:
    """Ask somebody of the Professional Resource Group to one item: they see that item and nothing else.

    Raises Refused, or NotAProfessional.
    """
    item = AgendaItem.objects.get(pk=item_id)
    meeting = changes.lock(item.meeting_id)
    require(permissions.may_change_agenda(by, meeting))
    person = people.professionals(on=meeting.on).filter(pk=person_id).first()
    if person is None:
        raise NotAProfessional("Choose somebody of the Professional Resource Group.")
    place, _ = Invitation.objects.update_or_create(
        meeting=meeting,
        person=person,
        school=None,
        item=item,
        defaults={"withdrawn_at": None},
        create_defaults={"role": Role.PROFESSIONAL, "invited_at": now},
    )
    act = audit.record(action="invitation.professional", target=place, by=by, item=item.pk)
    notify(
        [person],
        subject=f"You are invited to one item: {meeting.body.name}, {long_moment(meeting.starts_at)}",
        text=f"The chair asks you to join item {item.position}. Please say whether you come.",
        link=meeting.get_absolute_url(),
        key=f"meetings.professional:{act.pk}",
        now=now,
    )
    return place


@transaction.atomic
def withdraw(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    """Take back a professional's invitation; members keep their place as long as they have their post. Raises Refused."""
    place = _locked(invitation_id)
    require(permissions.may_withdraw_invitation(by, place))
    place.withdrawn_at = now
    place.save(update_fields=["withdrawn_at"])
    act = audit.record(action="invitation.withdrawn", target=place, by=by)
    notify(
        [place.person],
        subject=f"You are no longer needed: {place.meeting.body.name}, {long_moment(place.meeting.starts_at)}",
        text="The chair has withdrawn your invitation to the item.",
        link="/meetings/",
        key=f"meetings.uninvited:{act.pk}",
        now=now,
    )
    return place


def _place(meeting: Meeting, post, *, by: User, now: datetime) -> Invitation:  # type: ignore[no-untyped-def]
    place = Invitation(meeting=meeting, person=post.person, school=post.school, role=post.role, invited_at=now)
    if post.person_id == by.pk and post.role == Role.CHAIR:
        place.answer, place.answered_at, place.answered_by = Answer.YES, now, by
    return place


def _locked(invitation_id: int) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__community", "meeting__area", "person", "school").get(pk=invitation_id)


def _substitute(place: Invitation, person_id: int) -> User:
    person = people.may_stand_in(place).filter(pk=person_id).first()
    if person is None:
        raise NotASubstitute("Choose somebody of the same school, or write the name of somebody else.")
    return person


def _tell_substitute(place: Invitation, *, act: AuditEntry, now: datetime) -> None:
    for_school = f" for {place.school.name}" if place.school else ""
    notify(
        [place.substitute] if place.substitute else [],
        subject=f"You go to a meeting{for_school}: {long_moment(place.meeting.starts_at)}",
        text=f"{place.person.name} cannot come to the meeting of {place.meeting.body.name} and asks you to go instead.",
        link=place.meeting.get_absolute_url(),
        key=f"meetings.substitute:{act.pk}",
        now=now,
    )
