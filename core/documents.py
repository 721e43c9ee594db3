"""Issue papers: freeze the words, hash them, print them on demand."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils.html import escape

from core.models import IssuedDocument

FINGERPRINT = "<!--fingerprint-->"
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


def printable(document: IssuedDocument) -> str:
    """The words as issued, with their fingerprint at the foot: it cannot stand in the words it is made from."""
    return document.html.replace(FINGERPRINT, f"Fingerprint (SHA-256): {document.sha256}")


def extract(document: IssuedDocument, context: dict[str, Any], *, for_whom: str) -> str:
    """The same paper with parts left out for one reader. It says so, and carries the code of the whole paper."""
    words = {**context, "document_title": document.title, "document_code": document.code}
    words |= {"issued_at": document.issued_at, "extract_for": for_whom}
    whole = f"Extract for {for_whom}. Fingerprint (SHA-256) of the whole paper: {document.sha256}"
    return render_to_string(document.template, words).replace(FINGERPRINT, escape(whole))


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
