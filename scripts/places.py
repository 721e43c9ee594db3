"""Where things live in this working tree. Everything a script writes is below `.state`, so two trees never clash."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".state"
LOGS = STATE / "logs"
PYTHON = sys.executable
PROGRAMS = Path(sys.executable).parent  # the virtual environment's own bin folder
