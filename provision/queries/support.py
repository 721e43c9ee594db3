"""What was tried, starting from a person or from a request's reference."""

from django.db.models import QuerySet

from accounts.models import User
from communities.models import School, Service
from communities.queries import held
from provision.models import SupportEntry


def schools_read_by(person: User) -> "QuerySet[School]":
    """Schools whose support the person may read."""
    return School.objects.filter(pk__in=held(person, "view_pupil_text", "communities.school"))


def entries_for(person: User) -> "QuerySet[SupportEntry]":
    """Entries of the person's own schools, the newest first."""
    schools = held(person, "view_pupil_text", "communities.school")
    return (
        SupportEntry.objects.filter(school_id__in=schools)
        .select_related("school", "service")
        .order_by("-starts_on", "-pk")
    )


def of_request(reference: str) -> "QuerySet[SupportEntry]":
    """What was tried before this request, oldest first. Ask may_read of the request first."""
    return SupportEntry.objects.filter(request_reference=reference).select_related("service")


def loose(school: School) -> "QuerySet[SupportEntry]":
    """Entries of a school that belong to no request yet."""
    return SupportEntry.objects.filter(school=school, request_reference="").select_related("service")


def open_services() -> "QuerySet[Service]":
    """Services that can be asked."""
    return Service.objects.filter(is_open=True)


def every_service() -> "QuerySet[Service]":
    """The whole register, closed ones last."""
    return Service.objects.order_by("-is_open", "name")
