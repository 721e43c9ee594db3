"""Redis as the cache, and the database's own table while Redis is away: signing in, its limits and every page go on (T69)."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

SPARE_TABLE = "core_cache"
LEAVE_ALONE_SECONDS = 10  # after a failure Redis is not asked for so long: waiting for it would slow every page


class SteadyCache(RedisCache):
    """Limits count anew when the cache changes over, so an outage gives a guesser one more round at most."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._spare = DatabaseCache(SPARE_TABLE, {"TIMEOUT": params.get("TIMEOUT", 300)})
        self._away_until = 0.0


def _steady(name: str) -> Callable[..., Any]:
    def call(self: SteadyCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                log.warning("cache: Redis is away (%s), using the database", type(error).__name__)
                self._away_until = time.monotonic() + LEAVE_ALONE_SECONDS
        return getattr(self._spare, name)(*args, **kwargs)

    return call


for method in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(SteadyCache, method, _steady(method))
