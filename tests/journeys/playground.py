"""Pages that exist for tests only: the style guide, and one page with every htmx behaviour of static/js/app.js."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, RequestContext, Template
from django.urls import include, path

from core.views.styleguide import styleguide

PAGE = """{% extends "base.html" %}{% block title %}Playground{% endblock %}{% block content %}
<h1 class="govuk-heading-l">Playground</h1>
<div id="feed" hx-get="/feed/" hx-trigger="every 300ms" data-poll><p>Feed 0</p><label class="govuk-label" for="note">Note</label>
<input class="govuk-input" id="note" name="note"></div>
<form id="minutes" method="post" action="/save/" hx-post="/save/" hx-trigger="input changed delay:150ms from:find textarea"
 hx-swap="none" data-autosave>{% csrf_token %}
<label class="govuk-label" for="text">Minutes</label><textarea class="govuk-textarea" id="text" name="text"></textarea>
<p class="app-save-status" data-save-status></p></form>
<label class="govuk-label" for="school">School</label><select class="govuk-select" id="school" name="school" data-narrow>
<option value="">Choose one</option>
{% for number in numbers %}<option value="{{ number }}">School {{ number }}</option>{% endfor %}</select>
{% table caption="Schools" %}<thead><tr><th scope="col">Name</th><th scope="col">Phase</th></tr></thead>
<tbody><tr><th scope="row">Hartwell</th><td>Primary</td></tr></tbody>{% endtable %}
<div id="done"><button class="govuk-button" id="tick" hx-post="/tick/" hx-target="#done" hx-swap="innerHTML">Tick</button></div>
{% endblock %}"""
FEED = """<p>Feed 1</p><label class="govuk-label" for="note">Note</label><input class="govuk-input" id="note" name="note">"""
TICK = """<p data-announce="One of two ticked">Ticked</p><button class="govuk-button" id="tick" type="button">Untick</button>
<script>document.title = "hacked"</script>"""


@login_not_required
def playground(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"numbers": range(10, 40)})))


@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(FEED).render(Context()))


@login_not_required
def save(request: HttpRequest) -> HttpResponse:
    refused = "refuse" in request.POST["text"]
    return HttpResponse(status=503 if refused else 204, headers={"X-Saved-At": "9:41pm"})


@login_not_required
def tick(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TICK)


urlpatterns = [
    path("styleguide/", styleguide),
    path("playground/", playground),
    path("feed/", feed),
    path("save/", save),
    path("tick/", tick),
    path("", include("config.urls")),
]
