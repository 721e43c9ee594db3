"""What the browser is told, on every kind of answer: nothing inline, nothing from elsewhere, nothing kept (T44, T45, T48)."""

import html
import json
import re
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.actors import ADMIN, CHAIR, HALF_WAY, SENCO, STRANGER, VISITOR
from tests.faults.workers import ROOT, environment

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Twenty answers of every kind: pages, forms, errors, redirects, plain text, machines' addresses.
ANSWERS = [
    (VISITOR, "/account/login/", 200),
    (VISITOR, "/account/password/reset/", 200),
    (VISITOR, "/account/login/code/", 200),
    (VISITOR, "/account/", 302),
    (VISITOR, "/help/", 200),
    (VISITOR, "/accessibility/", 200),
    (VISITOR, "/security/", 200),
    (VISITOR, "/robots.txt", 200),
    (VISITOR, "/.well-known/security.txt", 200),
    (VISITOR, "/health/live", 200),
    (VISITOR, "/invitation/nonsense/", 410),
    (VISITOR, "/not/a/page/", 404),
    (HALF_WAY, "/account/", 302),
    (HALF_WAY, "/account/second-factor/", 200),
    (STRANGER, "/account/", 200),
    (SENCO, "/account/notices/", 200),
    (SENCO, "/county/deliveries/", 403),
    (CHAIR, "/community/", 302),
    (ADMIN, "/county/people/", 200),
    (ADMIN, "/county/deliveries/", 200),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "path", "code"), ANSWERS)
def test_every_answer_says_what_the_browser_may_do(actors, who, path, code):
    answer = actors[who].client.get(path)

    assert answer.status_code == code or (code == 302 and answer.status_code == 200)
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    if path != "/health/live":
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))


@pytest.mark.django_db
def test_an_error_page_says_it_too(actors, monkeypatch):
    client = actors[SENCO].client
    client.raise_request_exception = False
    monkeypatch.setattr("accounts.queries.notices.unread_of", lambda _person: 1 / 0)

    answer = client.get("/account/")

    assert answer.status_code == 500
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/help/"])
def test_nothing_in_a_page_is_inline(client, path):
    page = client.get(path).content.decode()

    assert re.findall(r"<[^>]+\s(?:on\w+|style|hx-on[^=]*)\s*=", page) == []
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>", page) == []
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//(?!www\.nationalarchives\.gov\.uk)""", page) == []


@pytest.mark.django_db
def test_htmx_is_told_to_evaluate_nothing_and_to_keep_nothing(client):
    page = client.get("/account/login/").content.decode()
    settings = json.loads(html.unescape(re.search(r"""name="htmx-config" content='([^']+)'""", page)[1]))

    wanted = {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,
        "historyRestoreAsHxRequest": False,
        "selfRequestsOnly": True,
    }
    assert {name: settings[name] for name in wanted} == wanted
    assert "inlineScriptNonce" not in settings
    assert 'hx-history="false"' in page


@pytest.mark.django_db
def test_finders_of_holes_are_told_where_to_write(client, settings):
    settings.BASE_URL = "https://schools.example.org"

    text = client.get("/.well-known/security.txt").content.decode()

    fields = dict(line.split(": ", 1) for line in text.splitlines())
    ends = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert fields["Contact"] == "mailto:help@example.org"
    assert fields["Canonical"] == "https://schools.example.org/.well-known/security.txt"
    assert timedelta(days=90) < ends < timedelta(days=365)
    assert client.get(fields["Policy"].removeprefix("https://schools.example.org")).status_code == 200


@pytest.mark.django_db
def test_search_engines_are_told_to_stay_away(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert '<meta name="robots" content="noindex, nofollow">' in client.get("/help/").content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused(actors):
    client = Client(enforce_csrf_checks=True)
    client.cookies = actors[SENCO].client.cookies

    assert client.post("/account/preferences/", {"volume": "needed"}).status_code == 403


def test_no_view_forgoes_the_check_of_forms():
    found = [name for name, view in _views(get_resolver()) if getattr(view, "csrf_exempt", False)]

    assert found == []


def _views(resolver):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _views(entry)
        else:
            yield str(entry.pattern), entry.callback


PRODUCTION = """
import json
from django.conf import settings
settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
import django
django.setup()
from django.test import Client
from accounts.models import User
host = {"HTTP_HOST": "schools.example.org"}
client = Client(**host)
plain = client.get("/account/login/")
page = client.get("/account/login/", secure=True)
client.post("/account/login/", {"login": "grace@example.org", "password": "kettle orbit marmalade"}, secure=True)
cookies = {name: {key: morsel[key] for key in ("secure", "httponly", "samesite", "path", "domain")}
           for name, morsel in client.cookies.items()}
print(json.dumps({"plain": [plain.status_code, plain.get("Location")], "status": page.status_code,
                  "hsts": page.get("Strict-Transport-Security"), "cookies": cookies}))
"""


@pytest.mark.django_db(transaction=True)
def test_in_production_cookies_stay_on_the_host_and_on_https(settings):
    from allauth.account.models import EmailAddress

    from tests.factories.accounts import UserFactory

    person = UserFactory(email="grace@example.org")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    person.set_password("kettle orbit marmalade")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    env = environment(
        DJANGO_SETTINGS_MODULE="config.settings.production", SECRET_KEY="x7" * 40, AUDIT_KEY="y",
        SECRETS_KEYS="dGVzdHMtb25seS1rZXktMDEyMzQ1Njc4OTAxMjM0NTY=", ALLOWED_HOSTS="schools.example.org",
        BASE_URL="https://schools.example.org",
    )  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PRODUCTION],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])

    assert found["plain"] == [301, "https://schools.example.org/account/login/"]
    assert found["status"] == 200
    assert found["hsts"] == "max-age=31536000; includeSubDomains; preload"
    session, csrf = found["cookies"]["__Host-sessionid"], found["cookies"]["__Host-csrftoken"]
    assert session == {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": ""}
    assert csrf == {"secure": True, "httponly": "", "samesite": "Lax", "path": "/", "domain": ""}
