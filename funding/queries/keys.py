"""Keys of a school: only its own people are shown them as a list."""

from django.db.models import QuerySet

from communities.models import School
from funding.models import PupilKey


def of_school(school: School) -> "QuerySet[PupilKey]":
    """Every key the school has used, by its words."""
    return PupilKey.objects.filter(school=school).order_by("words")
