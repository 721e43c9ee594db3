"""Settings common to every place the service runs. Secrets and addresses come from the environment only."""

from pathlib import Path

from celery.schedules import crontab
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# The key of the audit chain lives outside the database, apart from SECRET_KEY, so that neither alone can forge history.
AUDIT_KEY = env.str("AUDIT_KEY")
# Second-factor secrets at rest; newest first, older ones kept until everything is re-encrypted.
SECRETS_KEYS: list[str] = env.list("SECRETS_KEYS")

DEBUG = False
DEMO = env.bool("DEMO", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
BASE_URL = env.str("BASE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "core",
    "accounts",
    "communities",
    "provision",
    "meetings",
    "funding",
    "dashboards",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "pgtrigger",
    "django_linear_migrations",
    "django_htmx",
    "django_structlog",
    "csp",
    "govuk_frontend_django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.PrivacyHeaders",
    "core.middleware.OncePerPage",
    "core.middleware.NoZeroByte",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SignInRequired",
    "accounts.middleware.IdleAndAbsoluteTimeout",
    "communities.middleware.Powers",
    "accounts.middleware.SecondFactor",
    "core.middleware.Readings",
    "meetings.middleware.SharedScreen",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.service",
                "communities.context.roles",
                "meetings.context.sharing_screen",
            ],
            "builtins": [
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "govuk_frontend_django.templatetags.govuk_frontend_django",
                "core.components",
            ],
        },
    },
]
FORM_RENDERER = "core.forms.renderer.GovukRenderer"

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        default="postgres:///cos",
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
APPLICATION_ROLE = DATABASES["default"].get("USER", "")
if env.str("MIGRATE_DATABASE_URL", ""):
    # This process migrates: it alone is the owner of the tables. The service itself may not even try to change the ledger.
    DATABASES["default"] = env.dj_db_url("MIGRATE_DATABASE_URL")
COMPARE_PREPARED = False  # write every prepared question anew too and compare (core.prepared): for tests
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ANONYMOUS_USER_NAME = None  # guardian would otherwise add a row to the register of people

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT: Path = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [folder for folder in (BASE_DIR / "static", BASE_DIR / "static_build") if folder.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "media")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "core.cache.SteadyCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
else:
    # One process each its own: enough for the demo. Production has Redis, where sign-in limits are shared.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 30)
SESSION_ABSOLUTE_HOURS = 12
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
CSRF_COOKIE_HTTPONLY = False
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
EMAIL_DOMAIN = env.str("EMAIL_DOMAIN", "localhost")  # what stands behind the @ of our Message-IDs
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "communities@localhost")

CELERY_TIMEZONE = "Europe/London"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
# How long a promise stays with the worker that took it before another may: longer than any one mail or paper takes.
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", 300)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # a lost wake-up is only a delay: beat drains the outbox every minute
BROKER_DIR = env.path("BROKER_DIR", BASE_DIR / ".state" / "broker")
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 900,
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost/"
    CELERY_BROKER_TRANSPORT = "core.folder_broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "polling_interval": 0.1,
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
# Static timetable, local London time, nothing between midnight and three so that no clock change can double or drop a run.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "drain-outbox": {"task": "core.drain_outbox", "schedule": 60.0},
    "seal-audit": {"task": "core.seal_audit", "schedule": 60.0},
    "follow-up-actions": {
        "task": "meetings.follow_up_actions",
        "schedule": crontab(hour=7, minute=0),
    },
    "board-digests": {
        "task": "dashboards.board_digests",
        "schedule": crontab(hour=7, minute=30),  # made on Mondays; other mornings make up for one that was missed
    },
}

LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
from config.settings.security import *  # noqa: E402,F403 -- allauth and CSP settings, kept together for review
