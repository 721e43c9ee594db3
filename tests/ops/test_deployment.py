"""The files that production starts from agree with each other and with the settings."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from core import checks
from scripts.check import example_environment
from scripts.places import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
# Not for a person to set in production: compose, the image or the demo gives them.
GIVEN = {
    "DATABASE_URL",
    "MIGRATE_DATABASE_URL",
    "REDIS_URL",
    "MEDIA_ROOT",
    "BROKER_DIR",
    "DEMO",
    "EMAIL_BACKEND",
    "TEST_TEMPLATE",
}


def names_read_by_settings() -> set[str]:
    source = "".join(path.read_text() for path in (ROOT / "config" / "settings").glob("*.py"))
    names = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z][A-Z_]+)\"", source))
    for provider in ("MICROSOFT", "GOOGLE"):
        names |= {name.replace("{provider.upper()}", provider) for name in re.findall(r"f\"(OIDC_[^\"]+)\"", source)}
    return names


def names_in_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def test_every_setting_is_in_the_example():
    assert names_read_by_settings() - GIVEN - set(example_environment()) == set()


def test_every_line_of_the_example_is_used():
    assert set(example_environment()) - names_in_compose() == set()


def test_compose_asks_for_nothing_the_example_does_not_name():
    images = {"POSTGRES_IMAGE", "REDIS_IMAGE"}  # a council's own mirror

    assert names_in_compose() - images - set(example_environment()) == set()


@pytest.mark.parametrize("name", OURS)
def test_every_process_gets_every_setting(name):
    assert names_read_by_settings() - GIVEN <= set(SERVICES[name]["environment"]) | {"DJANGO_SETTINGS_MODULE"}


def test_only_migrations_know_the_owner_of_the_tables():
    knowing = {name for name in OURS if "MIGRATE_DATABASE_URL" in SERVICES[name]["environment"]}

    assert knowing == {"migrate"}


def test_everything_that_stays_up_has_a_health_check():
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == {"migrate"}


def test_only_the_web_can_be_reached_and_only_from_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web": ["${WEB_ADDRESS:-127.0.0.1:8000}:8000"]}


def test_the_worker_is_given_longer_than_its_soft_shutdown(settings):
    grace = int(SERVICES["worker"]["stop_grace_period"].rstrip("s"))

    assert grace > settings.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT


def test_our_processes_run_with_nothing_to_spare():
    for name in OURS:
        service = SERVICES[name]
        assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        )
    assert "\nUSER cos\n" in (ROOT / "Dockerfile").read_text()


def test_every_script_that_is_named_can_be_run():
    named = set(
        re.findall(
            r"docker/[a-z-]+\.sh", "".join(map(Path.read_text, (ROOT / "docker-compose.yml", ROOT / "Dockerfile")))
        )
    )

    assert named == {f"docker/{path.name}" for path in (ROOT / "docker").iterdir()}
    assert [name for name in named if not os.access(ROOT / name, os.X_OK)] == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY"])
def test_the_words_of_the_example_are_not_accepted_as_secrets(name, settings):
    assert checks.secrets_are_our_own() == []

    setattr(settings, name, "CHANGE")

    assert [error.id for error in checks.secrets_are_our_own()] == ["core.E003"]


@pytest.mark.parametrize("entrance", ["config.wsgi", "config.celery"])
def test_the_demo_starts_on_no_host_but_the_machine_itself(entrance):
    env = {**os.environ, **example_environment(), "DJANGO_SETTINGS_MODULE": "config.settings.production", "DEMO": "1"}

    def start(hosts):
        code = f"import importlib, django; django.setup(); importlib.import_module({entrance!r})"
        return subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env | {"ALLOWED_HOSTS": hosts}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    abroad = start("localhost,communities.example.gov.uk")

    assert start("localhost,127.0.0.1").returncode == 0
    assert abroad.returncode != 0
    assert "DEMO is on and ALLOWED_HOSTS names a host that is not this machine." in abroad.stderr
    assert start("*").returncode != 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY", "SECRETS_KEYS"])
def test_production_does_not_start_without_its_secrets(name):
    env = {**os.environ, **example_environment(), "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    del env[name]

    finished = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )

    assert finished.returncode != 0
    assert f'"{name}" not set' in finished.stderr
