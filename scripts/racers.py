"""One process of the race: `python -m scripts.racers <act> <how many> <process> <threads>` prints its counts as JSON."""

import json
import logging
import sys
import time

import django


def main(act: str, count: str, number: str, threads: str) -> None:
    django.setup()
    logging.disable(logging.WARNING)
    from tests.races.racers import ACTS  # noqa: PLC0415 -- models can be imported only now

    started = time.monotonic()
    found = ACTS[act](int(count), int(number), int(threads))
    print(json.dumps({**found, "seconds": round(time.monotonic() - started, 1)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
