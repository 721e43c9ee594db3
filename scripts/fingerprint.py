"""What a prepared database was made from, as one short word that the database itself remembers."""

import hashlib
from pathlib import Path

from scripts import postgres
from scripts.places import ROOT

MIGRATIONS = "*/migrations/*.py"
RIGHTS = ("*/models.py", "*/models/**/*.py", "core/management/commands/*.py", "scripts/roles.sql")


def fingerprint(*patterns: str, root: Path = ROOT) -> str:
    """Of the locked packages and of every file that matches."""
    digest = hashlib.sha256((root / "uv.lock").read_bytes())
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        digest.update(bytes(path.relative_to(root)) + path.read_bytes())
    return digest.hexdigest()[:16]


def remembered(server: postgres.Server) -> str | None:
    """None while the database is not wholly prepared."""
    ask = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{postgres.DATABASE}'"
    return next((str(word) for (word,) in server.run(ask) if word), None)


def remember(server: postgres.Server, word: str) -> None:
    server.run(f"COMMENT ON DATABASE {postgres.DATABASE} IS '{word}'")
