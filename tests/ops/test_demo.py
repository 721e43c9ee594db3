"""The demo starts quickly, one at a time, and leaves nothing running."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import postgres, services, turn
from scripts.fingerprint import MIGRATIONS, RIGHTS, fingerprint, remember, remembered
from scripts.places import ROOT, home
from scripts.processes import free_port, wait_until


def test_what_is_compiled_once_is_kept_whatever_the_shell_says():
    asks = "import scripts, subprocess, sys; subprocess.run([sys.executable, '-c', 'import sys; print(sys.dont_write_bytecode)'])"
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

    answer = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, env=env, capture_output=True, text=True, check=True)

    assert answer.stdout == "False\n"


@pytest.mark.parametrize(
    "path", ["uv.lock", "funding/migrations/0002_more.py", "core/models/audit.py", "scripts/roles.sql"]
)
def test_whatever_decides_how_the_database_looks_changes_its_fingerprint(tmp_path, path):
    for place in ("uv.lock", path):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("as it was")
    before = fingerprint(MIGRATIONS, *RIGHTS, root=tmp_path)

    assert fingerprint(MIGRATIONS, *RIGHTS, root=tmp_path) == before
    (tmp_path / path).write_text("as it is")

    assert fingerprint(MIGRATIONS, *RIGHTS, root=tmp_path) != before


def test_a_database_remembers_what_it_was_made_from_until_it_is_made_anew(tmp_path):
    with postgres.served(tmp_path / "pg", durable=False) as server:
        assert remembered(server) is None
        remember(server, "one")
    with postgres.served(tmp_path / "pg", durable=False) as server:
        assert remembered(server) == "one"
        server.run(f"DROP DATABASE {postgres.DATABASE}")
    with postgres.served(tmp_path / "pg", durable=False) as server:
        assert remembered(server) is None


@pytest.fixture
def other(tmp_path):
    """Somebody else's demo, reduced to what matters here."""
    words = [sys.executable, "-m", "tests.ops.take_turn", tmp_path / "turn.lock"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.child = int(process.stdout.readline())
        yield process
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.child, signal.SIGKILL)
        process.kill()


def test_a_second_demo_in_the_same_place_is_refused(tmp_path, other):
    with pytest.raises(SystemExit, match="The demo runs here already"), turn.taken(tmp_path / "turn.lock", print):
        pass


def test_a_start_waits_for_a_demo_that_is_still_stopping(tmp_path, other):
    other.stdin.write("stop\n")
    other.stdin.flush()
    assert other.stdout.readline() == "stopping\n"

    with turn.taken(tmp_path / "turn.lock", lambda words: said(words, other.stdin.close)):
        assert other.wait() == 0


def test_a_start_waits_for_what_a_killed_demo_left_behind(tmp_path, other):
    other.kill()
    other.wait()

    with turn.taken(tmp_path / "turn.lock", lambda words: said(words, lambda: os.kill(other.child, signal.SIGKILL))):
        assert not alive(other.child)


def said(words: str, then) -> None:
    assert words == "The last demo is still stopping: waiting for it"
    then()


def alive(number: int) -> bool:
    """Whether it runs: a zombie nobody has asked about does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    return False


def test_a_service_that_is_killed_is_started_again_with_nothing_of_it_left(tmp_path):
    with turn.taken(tmp_path / "turn.lock", print) as ours:
        script = "sleep 600 & echo begun; wait"
        with services.running({"worker": ["sh", "-c", script]}, dict(os.environ), tmp_path, ours) as demo:
            first, log = demo.children["worker"], tmp_path / "worker.log"
            assert wait_until(lambda: log.read_text() == "begun\n", seconds=20)
            first.kill()
            assert wait_until(lambda: demo.fallen() == "worker", seconds=20)

            assert demo.start_again("worker")

            assert wait_until(lambda: log.read_text() == "begun\nbegun\n", seconds=20)
            assert demo.fallen() == ""
            assert wait_until(lambda: not group_of(first.pid), seconds=20)
            second = demo.children["worker"]
        assert wait_until(lambda: not group_of(second.pid), seconds=20)


def test_a_service_that_goes_on_dying_is_given_up(tmp_path):
    with (
        turn.taken(tmp_path / "turn.lock", print) as ours,
        services.running({"beat": ["false"]}, dict(os.environ), tmp_path, ours) as demo,
    ):
        answers = []
        for _ in range(services.PATIENCE):
            assert wait_until(lambda: demo.fallen() == "beat", seconds=20)
            answers.append(demo.start_again("beat"))

    assert answers == [True, True, False]


def group_of(number: int) -> list[int]:
    """Who runs in the process group."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _parent, group = (entry / "stat").read_text().rsplit(") ", 1)[1].split()[:3]
            if int(group) == number and state not in "ZX":
                found.append(int(entry.name))
    return found


@pytest.mark.fault
@pytest.mark.timeout(1_500)
def test_the_whole_demo_starts_stops_and_starts_at_once_again(demo):
    with demo() as first:
        assert wait_until(lambda: "Ready" in first.log.read_text(), seconds=900), first.log.read_text()
        running = processes_in(first.place)
        os.killpg(first.pid, signal.SIGINT)
        with demo() as second:
            assert wait_until(lambda: "Ready" in second.log.read_text(), seconds=300), second.log.read_text()
            assert first.wait() == 0
            os.killpg(second.pid, signal.SIGINT)
            assert second.wait() == 0

    assert "Sample county is there" in first.log.read_text()
    assert [re.sub(r"\[.*\] ", "", line).strip() for line in second.log.read_text().splitlines()] == [
        "The last demo is still stopping: waiting for it",
        "PostgreSQL answers",
        "Database is up to date, as it was left",
        f"Ready. Open http://127.0.0.1:{first.port}/  (Ctrl-C stops everything)",
        "",
        "Everything has stopped",
    ]
    assert len(running) >= 6
    assert processes_in(first.place) == []


@pytest.fixture
def demo(tmp_path):
    port = free_port()

    @contextlib.contextmanager
    def start():
        log = tmp_path / f"{len(list(tmp_path.glob('*.log')))}.log"
        env = {**os.environ, "PORT": str(port)}
        for name in ("DATABASE_URL", "TEST_TEMPLATE", "DJANGO_SETTINGS_MODULE"):
            env.pop(name, None)
        with log.open("wb") as output:
            words = [sys.executable, "-m", "scripts.demo"]
            process = subprocess.Popen(
                words, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        process.log, process.port, process.place = log, port, home(port)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()

    yield start
    shutil.rmtree(home(port), ignore_errors=True)


def processes_in(place: Path) -> list[str]:
    """The commands of all that work in this folder or hold its lock open."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_text().replace("\0", " ")
            held = {os.readlink(link) for link in (entry / "fd").iterdir()}
            if str(place) in command or any(name.startswith(str(place)) for name in held):
                found.append(command)
    return found
