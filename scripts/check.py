"""The gates before any test: style, types, floors, templates, migrations, settings, containers. All run; failures are named."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from secrets import token_urlsafe

from scripts import postgres
from scripts.places import PROGRAMS, PYTHON, ROOT, STATE
from scripts.processes import terminate_means_exit

MANAGE = (PYTHON, "manage.py")
COMPOSE = ROOT / "docker-compose.yml"


@dataclass(frozen=True)
class Gate:
    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)

    def passes(self) -> bool:
        started = time.monotonic()
        finished = subprocess.run(
            self.command,
            cwd=ROOT,
            env={**os.environ, **self.env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        passed = finished.returncode == 0
        print(f"  {'ok' if passed else 'NO':4}{self.name}  ({time.monotonic() - started:.1f} s)", flush=True)
        if not passed:
            print(finished.stdout + finished.stderr, flush=True)
        return passed


def tool(name: str, *words: str) -> tuple[str, ...]:
    return (str(PROGRAMS / name), *words)


def gates(database_url: str) -> list[Gate]:
    database = {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "config.settings.development"}
    production = {
        **example_environment(),
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
    }
    return [
        Gate("ruff", tool("ruff", "check", "--quiet", ".")),
        Gate("ruff format", tool("ruff", "format", "--quiet", "--check", ".")),
        Gate("djade", tool("djade", "--check", "--target-version", "5.2", *templates())),
        Gate("djlint", tool("djlint", "--lint", "--quiet", "templates")),
        Gate("import floors", tool("lint-imports", "--no-logo")),
        Gate("mypy", tool("mypy")),
        Gate("dependencies", tool("deptry", ".")),
        Gate("no migration is missing", (*MANAGE, "makemigrations", "--check", "--dry-run"), database),
        Gate("migrations can be deployed", (PYTHON, "-m", "scripts.lint_migrations"), database),
        Gate("production settings", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), production),
        Gate("docker-compose.yml", tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE))),
    ]


def templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))


def example_environment() -> dict[str, str]:
    """What .env.example gives an installation once its secrets are changed, so that the example is kept whole."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: token_urlsafe(50) if value == "CHANGE" else value for name, value in pairs.items()}


def main() -> None:
    terminate_means_exit()
    with postgres.served(STATE / "pg-test", durable=False) as server:
        failed = [gate.name for gate in gates(server.url(postgres.OWNER)) if not gate.passes()]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
