"""What our emails say: a subject line and a link, nothing else that could be about a child."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts import tokens
from accounts.models import Delivery, Invitation, Notice
from core.wording import words


def write(delivery: Delivery) -> EmailMultiAlternatives:
    """Plain text with a simple HTML twin; the Message-ID is the delivery's own reference, the same for every try."""
    if delivery.invitation is not None:
        template, subject, context = _about_invitation(delivery.invitation)
    else:
        template, subject, context = _about_notice(delivery.notice)  # type: ignore[arg-type]  # a CHECK says so
    context |= {"subject": subject, "service": words()}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"accounts/email/{template}.txt", context),
        to=[delivery.person.email],
        headers={
            "Message-ID": f"<{delivery.reference}@{settings.EMAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"accounts/email/{template}.html", context), "text/html")
    return message


def _about_notice(notice: Notice) -> tuple[str, str, dict[str, Any]]:
    context = {
        "link": settings.BASE_URL + notice.link,
        "for_information": notice.for_information,
        "preferences": f"{settings.BASE_URL}/account/preferences/",
    }
    return "notice", notice.subject, context


def _about_invitation(invitation: Invitation) -> tuple[str, str, dict[str, Any]]:
    context = {
        "link": f"{settings.BASE_URL}/invitation/{tokens.write(invitation)}/",
        "person": invitation.person,
        "invited_by": invitation.invited_by,
        "expires_at": invitation.expires_at,
    }
    return "invitation", f"You are invited to {words().service_name}", context
