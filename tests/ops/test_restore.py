"""The drill of docs/runbooks/backup-and-restore.md: a table is dropped, and the cluster is brought back to the moment before."""

import subprocess
from pathlib import Path

import pytest

from scripts import postgres
from scripts.places import ROOT
from scripts.postgres_user import server_user

pytestmark = pytest.mark.fault


@pytest.fixture
def archive(tmp_path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


@pytest.fixture
def keep_log(archive) -> tuple[str, ...]:
    return ("archive_mode=on", f"archive_command=ARCHIVE={archive} {ROOT}/docker/keep-log.sh %p %f")


def test_a_dropped_table_comes_back_with_everything_written_before(tmp_path, archive, keep_log):
    with postgres.served(tmp_path / "pg", settings=keep_log) as server:
        ask(server, "CREATE TABLE paid (pounds int)")
        ask(server, "INSERT INTO paid VALUES (3200)")
        take_base_backup(server, tmp_path / "restored")
        ask(server, "INSERT INTO paid VALUES (150)")
        ((before,),) = ask(server, "SELECT clock_timestamp()::text")
        ask(server, "DROP TABLE paid")
        ask(server, "SELECT pg_switch_wal()")

    restore_to(tmp_path / "restored", archive, str(before))

    with postgres.served(tmp_path / "restored") as server:
        assert ask(server, "SELECT sum(pounds) FROM paid") == [(3350,)]


def test_a_piece_of_the_log_is_never_overwritten_by_another(tmp_path, archive):
    piece, other = tmp_path / "piece", tmp_path / "other"
    piece.write_text("first")
    other.write_text("second")

    answers = [keep(archive, file) for file in (piece, piece, other)]

    assert answers == [0, 0, 1]
    assert (archive / "0001").read_text() == "first"


def ask(server: postgres.Server, sql: str) -> list[tuple[object, ...]]:
    return server.run(sql, database=postgres.DATABASE)


def take_base_backup(server: postgres.Server, target: Path) -> None:
    words = ["pg_basebackup", "--host", server.socket, "--username", postgres.SUPERUSER, "--pgdata", target]
    subprocess.run(
        [postgres.programs() / words[0], *words[1:], "--wal-method", "fetch", "--checkpoint", "fast"], check=True
    )
    server_user().own(target)


def restore_to(data: Path, archive: Path, moment: str) -> None:
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {archive}/%f %p'\n")
        settings.write(f"recovery_target_time = '{moment}'\nrecovery_target_action = promote\n")
    (data / "recovery.signal").touch()


def keep(archive: Path, file: Path) -> int:
    words = [ROOT / "docker" / "keep-log.sh", file, "0001"]
    return subprocess.run(words, env={"ARCHIVE": str(archive), "PATH": "/usr/bin:/bin"}, check=False).returncode
