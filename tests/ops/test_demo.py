"""The demo starts quickly, one at a time, and leaves nothing running."""

import os
import subprocess
import sys

from scripts.places import ROOT


def test_what_is_compiled_once_is_kept_whatever_the_shell_says():
    asks = "import scripts, subprocess, sys; subprocess.run([sys.executable, '-c', 'import sys; print(sys.dont_write_bytecode)'])"
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

    answer = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, env=env, capture_output=True, text=True, check=True)

    assert answer.stdout == "False\n"
