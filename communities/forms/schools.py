"""A school, chosen from many."""

from functools import cached_property

from django.db.models import Count

from communities.models import School
from core.forms import fields


class SchoolField(fields.ModelTypeaheadField):
    """Schools by name. Those that share a name show their URN: nobody can tell them apart otherwise."""

    def label_from_instance(self, obj: School) -> str:
        return f"{obj.name} ({obj.urn})" if obj.name in self._shared_names else obj.name

    @cached_property
    def _shared_names(self) -> set[str]:
        names = self.queryset.order_by().values("name").annotate(schools=Count("pk", distinct=True))  # type: ignore[union-attr]
        return set(names.filter(schools__gt=1).values_list("name", flat=True))
