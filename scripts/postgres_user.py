"""Who runs PostgreSQL. It refuses to be root, so root needs another name.

An ordinary user runs it as it is. Root steps into a user namespace, where it is called nobody and the files stay root's.
Where namespaces are refused (a chroot, some containers) root hands the process and its folders to nobody.
"""

import functools
import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

STAND_INS = ("nobody", "daemon", "postgres")  # initdb wants a user who has a name
# Where every user may go; a folder of our own is made in it, closed to everybody else.
NEUTRAL_GROUND = Path(os.environ.get("PG_NEUTRAL_GROUND", "/var/tmp"))  # noqa: S108


@dataclass(frozen=True)
class ServerUser:
    """How to start a server program, and to whom its folders must belong."""

    prefix: tuple[str, ...] = ()
    owner: pwd.struct_passwd | None = None  # None: the folders stay ours

    def command(self, *words: str | Path) -> list[str]:
        return [*self.prefix, *map(str, words)]

    def own(self, path: Path) -> None:
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def reachable(self, path: Path) -> Path:
        """The path itself, or a place that the server's user can reach when a parent folder is closed to it."""
        if not self.owner or self._can_enter(path):
            return path
        ours = NEUTRAL_GROUND / f"cos-{hashlib.sha256(bytes(path)).hexdigest()[:16]}"
        ours.mkdir(mode=0o700, exist_ok=True)
        if ours.stat().st_uid not in {0, self.owner.pw_uid}:
            raise PermissionError(f"{ours} belongs to somebody else")
        self.own(ours)
        return ours / path.name

    def _can_enter(self, path: Path) -> bool:
        existing = next(folder for folder in (path, *path.parents) if folder.exists())
        return subprocess.run(self.command("test", "-x", existing), check=False).returncode == 0

    def within_reach(self, folder: Path, parts: tuple[str, ...]) -> Path:
        """The folder itself, or a copy of these parts of it where it lies in a closed place."""
        place = self.reachable(folder)
        for part in parts if place != folder else ():
            if not (place / part).exists():
                shutil.copytree(folder / part, place / part, symlinks=True)
        return place


@functools.cache
def server_user() -> ServerUser:
    if os.geteuid() != 0:
        return ServerUser()
    stand_in = _stand_in()
    renamed = ("unshare", "--user", f"--map-user={stand_in.pw_uid}", f"--map-group={stand_in.pw_gid}")
    if not os.environ.get("PG_NO_USERNS") and _works(*renamed, "true"):
        return ServerUser(prefix=renamed)
    # A change of user clears the death signal set by the parent, hence setpriv sets it again.
    switched = (f"--reuid={stand_in.pw_uid}", f"--regid={stand_in.pw_gid}", "--clear-groups", "--pdeathsig=INT")
    return ServerUser(prefix=("setpriv", *switched), owner=stand_in)


def _stand_in() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in STAND_INS if name in known)


def _works(*command: str) -> bool:
    return shutil.which(command[0]) is not None and (
        subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
    )
