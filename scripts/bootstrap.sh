#!/bin/sh
# Everything the demo or the tests need, put into this folder. Asks nothing. System packages are installed only by root,
# or where sudo needs no password, on Debian and Ubuntu; elsewhere the one line to run is printed.
set -eu
purpose=${1:?demo or test}
uv_version=0.13.9
started=$(date +%s)

say() { printf '  [%3d s] %s\n' "$(($(date +%s) - started))" "$1"; }

has() { command -v "$1" >/dev/null 2>&1; }

# The first Python that is new enough and can make a virtual environment.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if has "$candidate" && "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_install() {
    has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

install_packages() {
    if ! can_install; then
        echo "System packages are missing. Run this line, then try again:"
        echo "  Debian, Ubuntu:  sudo apt-get install -y $*"
        echo "  macOS:           brew install python@3.12 pango redis && brew install --cask chromium"
        exit 1
    fi
    say "Installing system packages: $*"
    log=.state/logs/apt.log
    as_root apt-get update -qq >"$log" 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1 </dev/null ||
        { tail -20 "$log"; exit 1; }
}

get_uv() {
    if has uv; then
        uv=uv
    else
        uv=.state/uv/bin/uv
        [ -x "$uv" ] || { "$python" -m venv .state/uv && .state/uv/bin/python -m pip install -q --disable-pip-version-check "uv==$uv_version"; }
    fi
}

# Where the machine keeps certificates, they are trusted: a council's own proxy may stand in the way.
trust_system_certificates() {
    certificates=/etc/ssl/certs/ca-certificates.crt
    if [ -s "$certificates" ]; then
        export UV_SYSTEM_CERTS=1 NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$certificates}"
    elif [ "$(uname)" = Darwin ]; then
        export UV_SYSTEM_CERTS=1
    fi
}

get_python_packages() {
    groups="--group local"
    [ "$purpose" = demo ] || groups="$groups --group test --group check"
    { has node && has npm; } || groups="$groups --group node"
    # shellcheck disable=SC2086 -- several words are meant
    UV_PYTHON_DOWNLOADS=never "$uv" sync --quiet --frozen --inexact --python "$python" $groups
}

mkdir -p .state/logs
python=$(find_python)
# Even a Python that cannot make environments can tell what else is missing.
packages=$("${python:-python3}" scripts/system_packages.py "$purpose" 2>/dev/null || true)
[ -n "$python" ] || packages="python3 python3-venv ca-certificates $packages"
# shellcheck disable=SC2086 -- several words are meant
[ -z "$packages" ] || install_packages $packages
python=${python:-$(find_python)}
[ -n "$python" ] || { echo "Python 3.11 to 3.14 is needed."; exit 1; }
trust_system_certificates
get_uv
say "$($python --version), uv"
get_python_packages
say "Python packages"
.venv/bin/python -m scripts.assets
say "Style sheet, scripts and fonts"
touch ".venv/.ready-for-demo" ".venv/.ready-for-$purpose" # what serves the tests serves the demo too
