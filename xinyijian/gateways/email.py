"""E-mail by SMTP, plain text. The key is the Message-ID, by which a relay of ours takes a mail once."""
import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate

from django.conf import settings
from django.utils.translation import gettext as _

from .deadline import deadline, watch
from .errors import Rejected, Unavailable

ADDRESS = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,190}\.[^@\s<>,;.]{2,}", re.ASCII)


class _Line(smtplib.SMTP):
    """A connection that tells the running deadline which socket it uses."""

    def _get_socket(self, host, port, timeout):
        line = super()._get_socket(host, port, timeout)
        watch(line)
        return line


def send(address: str, text: str, *, key: str) -> str:
    """The mail's Message-ID as a receipt; Unavailable or Rejected. A bounce is told later, by the relay's callback."""
    if not ADDRESS.fullmatch(address):
        raise Rejected("address", "no e-mail address")
    mail = _mail(address, text, key)
    try:
        with deadline(settings.GATEWAY_TIMEOUT):
            _hand_over(mail)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _refusal(code, words) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(type(error).__name__) from error
    return mail["Message-ID"].strip("<>")


def _hand_over(mail):
    with _Line(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.GATEWAY_TIMEOUT) as line:
        if settings.EMAIL_USE_TLS:
            line.starttls(context=ssl.create_default_context())
            watch(line.sock)
        if settings.EMAIL_HOST_USER:
            line.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        line.send_message(mail)


def _mail(address, text, key):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = settings.DEFAULT_FROM_EMAIL, address, formatdate(localtime=True)
    mail["Subject"] = _("A message from your medical-insurance bureau")
    mail["Message-ID"] = f"<{key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def _refusal(code, words):
    """5xx is about this mail, except for our own sign-in (530 to 535); 4xx passes."""
    said = words.decode(errors="replace")[:100] if isinstance(words, bytes) else str(words)[:100]
    ours = code in (421, 530, 534, 535, 538)
    return Rejected(str(code), re.sub(r"\S+@\S+", "…", said)) if 500 <= code < 600 and not ours else Unavailable(f"SMTP {code}")
