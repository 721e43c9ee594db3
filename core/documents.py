"""Issue papers: freeze the words, hash them, print them on demand."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import models
from django.template.loader import render_to_string

from core.models import IssuedDocument

CODE_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXYZ"


def issue(
    *,
    kind: str,
    title: str,
    subject: models.Model,
    template: str,
    context: dict[str, Any],
    now: datetime,
    edition: str = "full",
    version: int = 1,
) -> IssuedDocument:
    """Freeze a paper in the caller's transaction. `context` must be JSON-ready; the same subject, kind, edition and
    version are issued once (IntegrityError otherwise). The HTML is a whole page that stands alone.
    """
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(12))
    html = render_to_string(
        template,
        {**context, "document_title": title, "document_code": code, "issued_at": now},
    )
    return IssuedDocument.objects.create(
        kind=kind,
        title=title,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        edition=edition,
        version=version,
        template=template,
        context=context,
        html=html,
        sha256=hashlib.sha256(html.encode()).hexdigest(),
        code=code,
        issued_at=now,
    )


def tidy_code(typed: str) -> str:
    """A code as a person types it, with spaces, dashes or small letters; empty when it can be none of ours."""
    code = "".join(typed.split()).replace("-", "").upper()
    return code if len(code) <= 20 and code.isalnum() and code.isascii() else ""


def with_code(code: str) -> IssuedDocument | None:
    """The paper that carries this code at its foot."""
    return IssuedDocument.objects.filter(code=tidy_code(code)).first()


def is_whole(document: IssuedDocument) -> bool:
    """Whether the words are still those that were issued."""
    return hashlib.sha256(document.html.encode()).hexdigest() == document.sha256


def of(
    subject: models.Model, *, kind: str | None = None, edition: str | None = None
) -> "models.QuerySet[IssuedDocument]":
    """The papers issued about a thing, newest first; all kinds and editions unless named."""
    found = IssuedDocument.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
    if kind:
        found = found.filter(kind=kind)
    if edition:
        found = found.filter(edition=edition)
    return found.order_by("-version", "-issued_at")
