"""Who looked at what: a reading is noted by the view and written once per request by middleware."""

from django.db import models
from django.http import HttpRequest

_NOTED = "_readings"


def note(request: HttpRequest, target: models.Model, *, how: str = "viewed") -> None:
    """This request shows `target` (a request with pupil text, a minute, a report). `how`: viewed, downloaded, exported."""
    noted: dict[tuple[str, str, str], models.Model] = request.__dict__.setdefault(_NOTED, {})
    noted[(how, target._meta.label_lower, str(target.pk))] = target


def noted(request: HttpRequest) -> list[tuple[str, models.Model]]:
    """What this request showed, each thing once."""
    return [(key[0], target) for key, target in request.__dict__.get(_NOTED, {}).items()]
