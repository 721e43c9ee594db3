"""Messages as files in a folder, for a machine without Redis: kombu's own transport, but nobody ever reads half a file.

Kombu writes a message under the name that readers look for, and empties a routing table before it locks it. A worker that
looks in between reads broken JSON and dies of it.
"""

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_kwargs: Any) -> None:  # type: ignore[override]  # kombu breaks it too
        """Written beside its place, then moved there whole. A name sorts by the moment it was written."""
        folder, name = Path(self.data_folder_out), f"{monotonic_ns() // 1_000_000}_{uuid.uuid4()}"
        unfinished = folder / f"{name}.unfinished"
        unfinished.write_text(dumps(payload))
        unfinished.rename(folder / f"{name}.{queue}.msg")

    def get_table(self, exchange: str) -> Any:
        with self._alone_with(exchange):
            return super().get_table(exchange)

    def _queue_bind(self, exchange: str, *binding: Any) -> None:
        with self._alone_with(exchange):
            super()._queue_bind(exchange, *binding)

    def _delete(self, queue: str, exchange: str, *binding: Any, **kwargs: Any) -> None:
        with self._alone_with(exchange):
            super()._delete(queue, exchange, *binding, **kwargs)

    @contextmanager
    def _alone_with(self, exchange: str) -> Iterator[None]:
        """One process at a time with the routing tables; an empty one was left by a process killed while it wrote."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        folder = os.open(self.control_folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            table = self._exchange_file(exchange)  # type: ignore[attr-defined]  # not in the stubs
            if table.exists() and not table.stat().st_size:
                table.unlink()
            yield
        finally:
            os.close(folder)


class Transport(filesystem.Transport):
    Channel = Channel
