"""The embedded PostgreSQL: closed to others, gone when we are gone, the same for root and for anybody."""

import contextlib
import os
import pwd
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from scripts import postgres, postgres_user
from scripts.places import ROOT
from scripts.processes import wait_until


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with postgres.served(tmp_path_factory.mktemp("embedded") / "pg", durable=False) as running:
        yield running


def test_it_has_an_owner_an_application_and_their_limits(server):
    settings = dict(server.run("SELECT rolname, rolconfig FROM pg_roles WHERE rolname LIKE 'cos%'"))

    assert settings == {
        "cos_owner": ["lock_timeout=2s"],
        "cos_app": ["statement_timeout=5s", "lock_timeout=3s", "idle_in_transaction_session_timeout=30s"],
    }
    assert server.run("SELECT rolname FROM pg_roles WHERE rolsuper") == [("postgres",)]


def test_nobody_else_can_reach_it(server):
    assert server.run("SHOW listen_addresses") == [("",)]
    assert server.socket.stat().st_mode & 0o077 == 0


def test_who_comes_second_uses_the_same_server(tmp_path):
    with postgres.served(tmp_path / "pg", durable=False) as first, postgres.served(tmp_path / "pg") as second:
        assert (first.ours, second.ours) == (True, False)
        assert first.socket == second.socket


def test_it_keeps_what_was_written_when_it_starts_again(tmp_path):
    with postgres.served(tmp_path / "pg", durable=False) as first:
        first.run("CREATE TABLE kept AS SELECT 1 AS one", database=postgres.DATABASE)

    with postgres.served(tmp_path / "pg", durable=False) as second:
        assert second.run("SELECT one FROM kept", database=postgres.DATABASE) == [(1,)]
        assert not first.socket.exists()


def test_a_pid_file_that_names_somebody_else_is_no_obstacle(tmp_path):
    with postgres.served(tmp_path / "pg", durable=False):
        pass
    (tmp_path / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}/pg\n1\n5432\n/nowhere\n")

    with postgres.served(tmp_path / "pg", durable=False) as server:
        assert server.ours


@pytest.mark.parametrize("namespaces", [True, False], ids=["as it is", "without user namespaces"])
def test_it_dies_with_whoever_started_it(open_folder, namespaces):
    with held(open_folder / "pg", namespaces=namespaces) as (parent, socket_folder):
        assert answers(socket_folder)

        parent.send_signal(signal.SIGKILL)
        parent.wait()

        assert wait_until(lambda: not answers(socket_folder), seconds=10)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another name")
def test_a_closed_parent_folder_is_no_obstacle_to_root(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)

    with held(closed / "pg", namespaces=False, PG_NEUTRAL_GROUND=str(open_folder)) as (_parent, socket_folder):
        assert answers(socket_folder)
        assert not (closed / "pg").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another name")
def test_programs_in_a_closed_folder_work_from_their_copy(open_folder, monkeypatch):
    monkeypatch.setattr(postgres_user, "NEUTRAL_GROUND", open_folder)
    nobody = postgres_user.ServerUser(
        owner=pwd.getpwnam("nobody"), prefix=("setpriv", "--reuid=nobody", "--clear-groups")
    )
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    for part in postgres.WHEEL:
        (closed / part).parent.mkdir(exist_ok=True)
        (closed / part).symlink_to(postgres.programs().parents[2] / part)

    place = nobody.within_reach(closed, postgres.WHEEL)

    version = subprocess.run(
        nobody.command(place / postgres.WHEEL[0] / "bin" / "initdb", "--version"), capture_output=True, check=False
    )
    assert (version.stdout, version.returncode) == (b"initdb (PostgreSQL) 18.4\n", 0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory(prefix="cos-open-", dir=postgres.SHORT) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextlib.contextmanager
def held(data: Path, *, namespaces: bool, **extra: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that keeps a server, and the folder of its socket."""
    env = {**os.environ, **extra, **({} if namespaces else {"PG_NO_USERNS": "1"})}
    words = [sys.executable, "-m", "tests.ops.hold_postgres", str(data)]
    with subprocess.Popen(words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        yield parent, Path(parent.stdout.readline().strip())


def answers(folder: Path) -> bool:
    try:
        psycopg2.connect(host=str(folder), user="postgres", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def test_a_port_that_is_taken_is_named_and_another_offered():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = [sys.executable, "-m", "scripts.demo"]

        finished = subprocess.run(
            words, cwd=ROOT, env={**os.environ, "PORT": str(port)}, capture_output=True, text=True, check=False
        )

    assert finished.stderr == f"Port {port} is in use. Choose another one: make demo PORT={port + 1}\n"
    assert finished.returncode == 1
