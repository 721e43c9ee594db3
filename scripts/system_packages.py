"""Name the Debian packages missing for the demo or the tests. Runs before anything is installed."""

import ctypes
import shutil
import sys

LIBRARIES = {  # WeasyPrint loads these when it prints
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib", "/opt/homebrew/lib/libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "/opt/homebrew/lib/libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.dylib",
        "/opt/homebrew/lib/libharfbuzz-subset.dylib",
    ),
}
PROGRAMS = {  # the tests of delivery speak to a real Redis, the journeys drive a real browser
    "redis-server": ("redis-server",),
    "chromium-headless-shell": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
}


def loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing(purpose: str) -> list[str]:
    libraries = [package for package, names in LIBRARIES.items() if not any(map(loads, names))]
    if purpose == "demo":
        return libraries
    return libraries + [package for package, names in PROGRAMS.items() if not any(map(shutil.which, names))]


if __name__ == "__main__":
    print(" ".join(missing(sys.argv[1])))
