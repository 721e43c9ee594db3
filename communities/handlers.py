"""What the registers promised after commit."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.services.notices import notify
from core import outbox
from core.imports import showing, working
from core.models import ImportRun


@outbox.handles(working.FINISHED)
def tell_about_import(payload: dict[str, Any]) -> None:
    """Tell who uploaded and who confirmed a file how it ended; the same ending is told once."""
    run = ImportRun.objects.select_related("uploaded_by", "confirmed_by").get(pk=payload["run"])
    subject, text = showing.outcome(run)
    notify(
        {person for person in (run.uploaded_by, run.confirmed_by) if person},
        subject=subject,
        text=text,
        link=reverse("core:import-run", kwargs={"kind": run.kind, "run": run.pk}),
        key=f"import:{run.pk}:{run.state}:{run.digest[:12]}",
        now=timezone.now(),
    )
