"""Forms draw themselves (the front end lands this)."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """GOV.UK markup."""
