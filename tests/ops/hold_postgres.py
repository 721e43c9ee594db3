"""Keep an embedded server until the input is closed: another process for the tests to kill."""

import sys
from pathlib import Path

from scripts import postgres

if __name__ == "__main__":
    with postgres.served(Path(sys.argv[1]), durable=False) as server:
        sys.stdout.write(f"{server.socket}\n")
        sys.stdout.flush()
        sys.stdin.read()
