"""`{{ form }}` and `{{ form.field.as_field_group }}` draw complete GOV.UK markup (FORM_RENDERER)."""

from functools import cached_property
from typing import Any

from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.template.loader import get_template


class GovukRenderer(BaseRenderer):
    """Our templates for forms, formsets and field groups; Django's own for bare widgets."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = None

    @cached_property
    def _djangos_own(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/forms/"):
            return self._djangos_own.get_template(template_name)
        return get_template(template_name)
