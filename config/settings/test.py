"""Tests: the real thing on a private PostgreSQL; only structures that cost time are replaced."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-not-a-secret-0123456789-abcdefghijklmno")
os.environ.setdefault("AUDIT_KEY", "tests-only-audit-key")
os.environ.setdefault("SECRETS_KEYS", "dGVzdHMtb25seS1rZXktMDEyMzQ1Njc4OTAxMjM0NTY=")

from config.settings.base import *  # noqa: F403 -- the defaults above must be named first
from config.settings.base import DATABASES, INSTALLED_APPS, STORAGES, env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="cos-static-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="cos-media-"))
INSTALLED_APPS = ["tests.flushing", *INSTALLED_APPS]
# A database already migrated (see scripts/template.py) is copied rather than migrated again by every process.
DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("TEST_TEMPLATE", "template0")}
COMPARE_PREPARED = True
