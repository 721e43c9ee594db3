"""The worker and beat of the fault tests: everything as in tests, but email goes over a real connection, and BEAT_SECONDS
shortens every line of the timetable.
"""

import os

from config.settings.test import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if seconds := os.environ.get("BEAT_SECONDS"):
    CELERY_BEAT_SCHEDULE = {
        name: entry | {"schedule": float(seconds)}
        for name, entry in CELERY_BEAT_SCHEDULE.items()  # noqa: F405
    }
if os.environ.get("CARELESS"):
    INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.careless"]  # noqa: F405
