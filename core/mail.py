"""Hand one email to the mail server and say plainly what became of it."""

import contextlib
import smtplib

from django.core.mail import EmailMessage, get_connection

# The server said no before it took the message: these are answers, not silences.
ANSWERS = (
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
)


class Away(Exception):
    """Nothing left us: the server cannot be reached or asks us to come back later."""


class Refused(Exception):
    """Nothing left us and nothing will: the server said no for good."""


class Uncertain(Exception):
    """The talk broke off after it began: the message may have gone out. Never send it again unasked."""


def hand_over(message: EmailMessage) -> None:
    """Return when the server has taken the message. Raises Away, Refused or Uncertain."""
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # SMTPException is one
        raise Away(_in_words(error)) from error
    try:
        server.send_messages([message])
    except ANSWERS as error:
        raise (Refused if _for_good(error) else Away)(_in_words(error)) from error
    except ValueError as error:  # an address or header that cannot be written
        raise Refused(_in_words(error)) from error
    except Exception as error:
        raise Uncertain(_in_words(error)) from error
    finally:
        with contextlib.suppress(OSError):
            server.close()


def _for_good(error: smtplib.SMTPException) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    else:
        codes = [getattr(error, "smtp_code", 500)]
    return all(code >= 500 for code in codes)


def _in_words(error: Exception) -> str:
    """The kind of trouble and the server's code; never its text, which may repeat the address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((code for code, _ in error.recipients.values()), None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
