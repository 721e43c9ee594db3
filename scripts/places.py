"""Where things live in this working tree. Everything a script writes is below `.state`, so two trees never clash."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".state"
LOGS = STATE / "logs"
PYTHON = sys.executable
PROGRAMS = Path(sys.executable).parent  # the virtual environment's own bin folder
USUAL_PORT = 8000


def home(port: int = USUAL_PORT) -> Path:
    """The folder of the demo on this port: its database, files and logs are its own."""
    return STATE if port == USUAL_PORT else STATE / f"port-{port}"
