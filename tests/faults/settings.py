"""The worker of the fault tests: everything as in tests, but email goes over a real connection."""

import os

from config.settings.test import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if os.environ.get("CARELESS"):
    INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.careless"]  # noqa: F405
