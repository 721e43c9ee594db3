"""The council's own words, read once per process second so that a page costs no extra query."""

from django.core.cache import cache

from core.models import ServiceSettings

CACHE_KEY = "core.wording"


def words() -> ServiceSettings:
    """The settings row, from the cache where it is warm; defaults when the service is brand new."""
    found: ServiceSettings | None = cache.get(CACHE_KEY)
    if found is None:
        found = ServiceSettings.objects.filter(pk=1).first() or ServiceSettings(pk=1)
        cache.set(CACHE_KEY, found, timeout=30)
    return found


def forget() -> None:
    """Call after the settings row changed."""
    cache.delete(CACHE_KEY)
