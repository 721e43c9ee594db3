"""Child processes that never outlive us, and the few ways we wait for them."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from scripts.places import ROOT

PR_SET_PDEATHSIG = 1


def dies_with_parent(parting: signal.Signals = signal.SIGTERM) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends this signal to the child when we are gone, even after `kill -9`."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(parting))
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os._exit(1)

    return ask_the_kernel


def foreground(command: Sequence[str], *, env: Mapping[str, str]) -> int:
    """Run a command to its end. Ctrl-C reaches it from the terminal; SIGTERM to us is passed on."""
    child = subprocess.Popen(command, env=env, cwd=ROOT, preexec_fn=dies_with_parent())
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        return child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end(child: subprocess.Popen[bytes], polite: signal.Signals, *, patience: float) -> None:
    """Ask a child to stop, and insist when it does not."""
    if child.poll() is not None:
        return
    child.send_signal(polite)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def wait_until(ready: Callable[[], bool], *, seconds: float, every: float = 0.05) -> bool:
    """Ask until the answer is yes; False when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(every)
    return False


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def terminate_means_exit() -> None:
    """Let SIGTERM unwind the `with` blocks, so that servers are stopped on the way out."""

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
