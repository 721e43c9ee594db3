"""One step of the bench: `python -m scripts.benching sit_down|enlarge` prints its result as JSON; `measure` reads names of
pages, a line each, and prints the timings of each.
"""

import json
import logging
import sys

import django
from django.test.utils import override_settings


def main(act: str) -> None:
    django.setup()
    logging.disable(logging.WARNING)
    from scripts.benching import enlarge, measure, stage  # noqa: PLC0415 -- models can be imported only now

    found: object = None
    if act == "sit_down":
        stage.sit_down()
    elif act == "enlarge":
        enlarge.enlarge()
        found = enlarge.faults()
    else:
        with override_settings(ROOT_URLCONF="scripts.benching.urls", COMPARE_PREPARED=False):
            for timings in measure.measure(line.strip() for line in sys.stdin):
                print(json.dumps(timings), flush=True)
        return
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
