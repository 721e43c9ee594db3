"""Components (the front end lands these)."""

from django.template import Library

register = Library()
