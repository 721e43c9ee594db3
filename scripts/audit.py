"""Ask the public registers whether a locked package has a known hole: `make audit`. Needs the network."""

import subprocess
import sys

from scripts.assets import npm
from scripts.places import PROGRAMS, ROOT, STATE


def main() -> None:
    failed = [name for name, command in commands().items() if subprocess.run(command, cwd=ROOT, check=False).returncode]
    if failed:
        sys.exit(f"Holes, or no answer: {', '.join(failed)}")


def commands() -> dict[str, list[str]]:
    return {
        "pip-audit": [
            str(PROGRAMS / "pip-audit"),
            "--progress-spinner",
            "off",
            "--requirement",
            locked_requirements(),
            "--no-deps",
            "--disable-pip",
        ],
        "npm audit": [*npm(), "audit", "--audit-level", "high"],
    }


def locked_requirements() -> str:
    """The lock as a list with hashes: what production installs, no more."""
    file = STATE / "requirements.txt"
    export = ("export", "--quiet", "--frozen", "--no-emit-project", "--output-file", str(file))
    subprocess.run([uv(), *export], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return str(file)


def uv() -> str:
    ours = STATE / "uv" / "bin" / "uv"
    return str(ours) if ours.exists() else "uv"


if __name__ == "__main__":
    main()
