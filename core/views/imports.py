"""Loading files, page by page. Which files there are and who may load them, the importers say."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import sheets
from core.htmx import page_or_fragment
from core.imports import permissions, queries, services, showing
from core.imports.base import CannotUndo, Importer, with_kind
from core.imports.forms import Upload
from core.models import ImportRun
from core.pages import page_of
from core.verdicts import require

METHODS = ["GET", "HEAD", "POST"]
WORKING = (*permissions.WAITING, *permissions.UNDER_WAY)


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Every kind of file the person may load, when each was loaded last, and the newest runs."""
    require(queries.may_load_anything(request.user))
    runs = page_of(request, queries.runs_for(request.user))
    return render(request, "core/imports/list.html", {"kinds": queries.kinds_for(request.user), "runs": _listed(runs)})


@require_http_methods(METHODS)
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """What the file must hold, and the form to upload it."""
    importer = _importer(request, kind)
    sent = request.method == "POST"
    form = Upload(request.POST if sent else None, request.FILES if sent else None, importer=importer)
    if form.is_valid():
        file, key = form.cleaned_data["file"], form.cleaned_data["key"]
        try:
            run = services.upload(
                kind=kind, file=file, name=file.name, by=request.user, now=timezone.now(), key=key
            )  # fmt: skip
        except (services.UploadRefused, services.KeyReused) as error:
            form.add_error("file", str(error))
        else:
            return redirect("core:import-run", kind=kind, run=run.pk)
    runs = page_of(request, queries.runs_for(request.user, kind=kind))
    context = {"importer": importer, "form": form, "runs": _listed(runs)}
    return render(request, "core/imports/upload.html", context, status=422 if form.errors else 200)


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty file with the right headings and one made-up line."""
    columns = _importer(request, kind).sheets[0].columns
    header, example = [column.name for column in columns], [column.example for column in columns]
    return sheets.download(name=f"{kind}-template", kind="csv", header=header, rows=[example] if any(example) else [])


@require_safe
def run(request: HttpRequest, kind: str, run: int) -> HttpResponse:
    """The file on its way: progress, then the preview, then what was done. Polled by HTMX while the worker has it."""
    importer, found = _run(request, kind, run)
    if found.state in WORKING:
        context = {"importer": importer, "run": found}
        return page_or_fragment(request, "core/imports/working.html", "core/imports/_working.html", context)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _shown(request, importer, found)


@require_POST
def confirm(request: HttpRequest, kind: str, run: int) -> HttpResponse:
    """Load what the preview shows."""
    _, found = _run(request, kind, run)
    services.confirm(run_id=found.pk, by=request.user, now=timezone.now())
    return redirect("core:import-run", kind=kind, run=run)


@require_POST
def again(request: HttpRequest, kind: str, run: int) -> HttpResponse:
    """Compare the same file once more."""
    _, found = _run(request, kind, run)
    services.compare_again(run_id=found.pk, by=request.user, now=timezone.now())
    return redirect("core:import-run", kind=kind, run=run)


@require_POST
def discard(request: HttpRequest, kind: str, run: int) -> HttpResponse:
    """Throw the file away without loading it."""
    _, found = _run(request, kind, run)
    services.discard(run_id=found.pk, by=request.user, now=timezone.now())
    messages.success(request, f"{found.original_name} discarded. Nothing was loaded from it.")
    return redirect("core:import-upload", kind=kind)


@require_http_methods(METHODS)
def undo(request: HttpRequest, kind: str, run: int) -> HttpResponse:
    """Ask once, then put everything back as it was."""
    importer, found = _run(request, kind, run)
    require(permissions.may_undo(found))
    context: dict[str, Any] = {"importer": importer, "run": found, "summary": showing.summary(found)}
    if request.method != "POST":
        return render(request, "core/imports/undo.html", context)
    try:
        services.undo(run_id=found.pk, by=request.user, now=timezone.now())
    except CannotUndo as error:
        return render(request, "core/imports/undo.html", {**context, "refusal": str(error)}, status=422)
    messages.success(request, f"{found.original_name} was taken back. Everything is as it was before.")
    return redirect("core:import-run", kind=kind, run=run)


@require_safe
def faults(request: HttpRequest, kind: str, run: int) -> HttpResponse:
    """Every fault as a spreadsheet, to mend the file by."""
    _, found = _run(request, kind, run)
    lines = [
        (row.line, fault["column"], fault["value"], fault["sentence"])
        for row in queries.faulty_rows(found)
        for fault in row.faults
    ]
    header = ("Line", "Column", "In the file", "What to do")
    return sheets.download(name=f"faults-in-{kind}-{found.pk}", kind="csv", header=header, rows=lines)


def _shown(request: HttpRequest, importer: Importer, found: ImportRun) -> HttpResponse:
    tabs, changes = showing.tabs(found), permissions.changes_in(found)
    chosen = request.GET.get("show", "")
    current = next((tab for tab in tabs if tab.change == chosen), tabs[0] if tabs else None)
    page = page_of(request, queries.rows_of(found, current.change)) if current else None
    context = {
        "importer": importer,
        "run": found,
        "summary": showing.summary(found),
        "changes": changes,
        "confirm_text": f"Load {changes:,} change{'' if changes == 1 else 's'}",
        "tabs": tabs,
        "current": current,
        "page": page,
        "rows": showing.rows(page, importer) if page else [],
        "kind_url": reverse("core:import-upload", kwargs={"kind": found.kind}),
        "list_url": reverse("core:import-list"),
    }
    return render(request, "core/imports/run.html", context)


def _importer(request: HttpRequest, kind: str) -> Importer:
    found = with_kind(kind)
    if found is None:
        raise Http404
    require(found.may(request.user))
    return found


def _run(request: HttpRequest, kind: str, run: int) -> tuple[Importer, ImportRun]:
    importer = _importer(request, kind)
    found = queries.run_of(request.user, kind, run)
    if found is None:
        raise Http404
    return importer, found


def _listed(page: Any) -> dict[str, Any]:
    lines = []
    for run in page:
        text, tone = showing.state(run)
        lines.append(
            {"run": run, "kind": with_kind(run.kind), "summary": showing.summary(run), "text": text, "tone": tone}
        )
    return {"page": page, "lines": lines}
