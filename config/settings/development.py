"""A developer's machine and the demo: made-up secrets, plain files, mail to the console."""

import os

os.environ.setdefault("SECRET_KEY", "development-only-not-a-secret-0123456789-abcdefghij")
os.environ.setdefault("AUDIT_KEY", "development-only-audit-key")
os.environ.setdefault("SECRETS_KEYS", "ZGV2ZWxvcG1lbnQtb25seS1rZXktMDEyMzQ1Njc4OTA=")
os.environ.setdefault("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

from config.settings.base import *  # noqa: F403 -- the defaults above must be named first
from config.settings.base import DEMO, STORAGES

DEBUG = not DEMO
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
