"""The Celery application: one queue, tasks found in each app's `tasks` module, the timetable in settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

app = Celery("communities_of_schools")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
