"""Add checked papers to a request, and take them away. A removed file leaves the disk; that it was there stays on record."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from core import audit
from core.uploads import Checked
from core.verdicts import require
from funding.models import Attachment
from funding.permissions import requests as permissions
from funding.services import life, sections

MOST = 12


class Enough(Exception):
    """The request has as many documents as it may."""


class AlreadyThere(Exception):
    """The same file is in the request."""


@transaction.atomic
def attach(*, request_id: int, paper: Checked, by: User, now: datetime) -> Attachment:
    """Keep a checked file with a request that is being written. Raises Refused, Enough or AlreadyThere."""
    request = life.locked(request_id)
    sections.opened(request, "documents", seen=None, by=by, now=now)
    there = request.attachments.filter(removed_at=None)
    if there.count() >= MOST:
        raise Enough(f"A request holds {MOST} documents at most. Remove one first.")
    if there.filter(sha256=paper.sha256).exists():
        raise AlreadyThere("This document is here already.")
    attachment = Attachment(
        request=request,
        name=paper.name,
        type=paper.type,
        size=paper.size,
        sha256=paper.sha256,
        added_at=now,
        added_by=by,
    )
    attachment.file.save("paper", ContentFile(paper.content), save=False)
    try:
        attachment.save()
        audit.record(action="funding.document_added", target=attachment, by=by, at=now, request=request.reference)
    except Exception:
        attachment.file.delete(save=False)
        raise
    return attachment


@transaction.atomic
def remove(*, attachment_id: int, request_id: int, by: User, now: datetime) -> Attachment:
    """Take a document away while the request is being written. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_write(by, request))
    sections.opened(request, "documents", seen=None, by=by, now=now)
    attachment = Attachment.objects.get(pk=attachment_id, request=request, removed_at=None)
    attachment.removed_at, attachment.removed_by = now, by
    attachment.save(update_fields=["removed_at", "removed_by"])
    audit.record(action="funding.document_removed", target=attachment, by=by, at=now, request=request.reference)
    storage, name = attachment.file.storage, str(attachment.file.name)
    transaction.on_commit(lambda: storage.delete(name), robust=True)
    return attachment
