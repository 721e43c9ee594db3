"""What an e-mail about a notice says: the subject line and the link, nothing else that could be about a child."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.models import Delivery
from core.wording import words


def about_notice(delivery: Delivery) -> EmailMultiAlternatives:
    """Plain text with a simple HTML twin; the Message-ID is the delivery's own reference."""
    notice = delivery.notice
    context = {
        "subject": notice.subject,
        "link": settings.BASE_URL + notice.link,
        "service": words(),
        "preferences": f"{settings.BASE_URL}/account/preferences/",
        "for_information": notice.for_information,
    }
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=render_to_string("accounts/email/notice.txt", context),
        to=[notice.person.email],
        headers={
            "Message-ID": f"<{delivery.reference}@{settings.EMAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("accounts/email/notice.html", context), "text/html")
    return message
