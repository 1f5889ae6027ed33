"""A mail as its writer knows it, and as it goes over the wire (RFC 5322)."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from issuer.mail.address import parse_address
from issuer.mail.errors import MalformedMail

_SUBJECT = 200
"""Characters: an organisation's name and a few words."""
_NAME = 80
_TEXT = 4_000
"""Characters: some sentences and a link."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address, in plain text. Its repr shows neither address nor text.

    Raises:
        MalformedAddress, MalformedMail: also where a line break in a header would begin another header.
    """

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        parse_address(self.to)
        if not 0 < len(self.subject) <= _SUBJECT or not self.subject.isprintable():
            raise MalformedMail
        if not 0 < len(self.text) <= _TEXT or not self.text.replace("\n", "").isprintable():
            raise MalformedMail


def name_in_mail(name: str) -> str:
    """A name as it can stand in a subject: one line, nothing unseen, not too long."""
    return "".join(each if each.isprintable() else " " for each in name)[:_NAME]


def written(mail: Mail, *, sender: str, message_id: str, at: datetime) -> bytes:
    """The mail as bytes with CRLF.

    The same mail with the same id and time is the same bytes, so a server that gets it twice after a crash
    can see that (RFC 5322, section 3.6.4).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834, section 5: nobody's holiday answers it
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()
