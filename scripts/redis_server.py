"""A real Redis on the loopback interface for the tests, as strict as the one in production: nothing is ever evicted."""

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator

from scripts.processes import dies_with_parent, end, free_port, wait_until

ADVICE = "redis-server is missing. Debian/Ubuntu: sudo apt-get install redis-server ; macOS: brew install redis"


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The address of an empty Redis that lives as long as this block."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit(ADVICE)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="cos-redis-") as folder:
        settings = ("--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", "", "--appendonly", "no")
        child = subprocess.Popen(
            [program, *settings, "--maxmemory-policy", "noeviction"],
            stdout=subprocess.DEVNULL,
            preexec_fn=dies_with_parent(signal.SIGKILL),
            start_new_session=True,
        )
        try:
            if not wait_until(lambda: _answers(port), seconds=10):
                raise SystemExit("redis-server did not start")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            end(child, signal.SIGTERM, patience=5)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False
