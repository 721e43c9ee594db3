"""Run beside a test: many short lives, each telling one person something and dying at a random point of it.

`python -m tests.faults.dying SEED LIVES` prints, for each life, the key and where it died.
"""

import os
import random
import sys

import django

POINTS = ("before anything", "after the notice", "before commit", "between commit and publish", "after publish")


def live_and_die(key: str, point: str) -> None:
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import Notice, User
    from accounts.services.notices import notify
    from core import outbox

    def die_at(here: str) -> None:
        if here == point:
            os._exit(9)

    publish = outbox._wake
    outbox._wake = lambda: (die_at("between commit and publish"), publish(), die_at("after publish"))
    create = Notice.objects.bulk_create
    Notice.objects.bulk_create = lambda *args, **kwargs: (create(*args, **kwargs), die_at("after the notice"))
    with transaction.atomic():
        die_at("before anything")
        notify(User.objects.all(), subject="Digest", text="", link="/", key=key, now=timezone.now())
        die_at("before commit")


def main(seed: int, lives: int) -> None:
    django.setup()
    chance = random.Random(seed)
    for number in range(lives):
        point = chance.choice(POINTS)
        pid = os.fork()
        if pid == 0:
            live_and_die(f"life:{number}", point)
            os._exit(0)
        os.waitpid(pid, 0)
        sys.stdout.write(f"life:{number}\t{point}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
