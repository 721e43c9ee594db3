"""Take a demo's turn, with a child that shares it, until the input ends: another process for the tests to stop or kill."""

import subprocess
import sys
from pathlib import Path

from scripts import turn

if __name__ == "__main__":
    with turn.taken(Path(sys.argv[1]), print) as ours:
        child = subprocess.Popen(["sleep", "600"], pass_fds=[ours.number])
        sys.stdout.write(f"{child.pid}\n")
        sys.stdout.flush()
        if sys.stdin.readline() == "stop\n":
            ours.is_ending()
            sys.stdout.write("stopping\n")
            sys.stdout.flush()
            sys.stdin.read()
        child.kill()
        child.wait()
