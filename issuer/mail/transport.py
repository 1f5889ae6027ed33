"""The ways out for mail: an SMTP server, or a folder that somebody else empties."""

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from issuer.mail.errors import MailRefused, MailUnavailable
from passport.errors.storage import SecretFileUnusable

_SECONDS = 20.0
_FOR_GOOD = 500
"""Replies from here on are for good (RFC 5321, section 4.2.1); below, the server may take it later."""
_LONGEST_PASSWORD = 1_024


class Transport(Protocol):
    def deliver(self, name: str, sender: str, to: str, message: bytes) -> None:
        """Hand a mail over. `name` is the same when the same mail comes again after a crash.

        Raises:
            MailRefused: it will never be taken.
            MailUnavailable: it may be taken later.
        """
        ...


@dataclass(frozen=True, slots=True)
class FolderOutbox:
    """A file for each mail, `<name>.eml`, whole or not there, for its owner alone."""

    folder: Path

    def deliver(self, name: str, sender: str, to: str, message: bytes) -> None:  # noqa: ARG002 - both stand in it
        final = self.folder / f"{name}.eml"
        if final.exists():
            return
        temporary = self.folder / f".{name}.part"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(final)
        except OSError:
            raise MailUnavailable from None


class Security(StrEnum):
    STARTTLS = "starttls"
    """A plain connection that is protected before anything is said (RFC 3207); else nothing is sent."""
    TLS = "tls"
    """Protected from the first byte (RFC 8314, section 3.3)."""
    NONE = "none"
    """For a mail server on this machine."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    """For a mail server whose certificate is signed by the organisation itself."""

    def deliver(self, name: str, sender: str, to: str, message: bytes) -> None:  # noqa: ARG002 - it is the Message-ID
        try:
            with self._connect() as smtp:
                if self.user is not None:
                    smtp.login(self.user, self.password)
                smtp.sendmail(sender, [to], message)
        except smtplib.SMTPRecipientsRefused as error:
            replies: Mapping[str, tuple[int, bytes]] = error.recipients
            if all(code >= _FOR_GOOD for code, _ in replies.values()):
                raise MailRefused from None
            raise MailUnavailable from None
        except smtplib.SMTPDataError as error:
            raise MailRefused if error.smtp_code >= _FOR_GOOD else MailUnavailable from None
        except (smtplib.SMTPException, OSError):
            raise MailUnavailable from None

    def _connect(self) -> smtplib.SMTP:
        if self.security is Security.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=self._trust())
        smtp = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        try:
            if self.security is Security.STARTTLS:
                smtp.starttls(context=self._trust())
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=None if self.ca_file is None else str(self.ca_file))


def read_password(path: Path) -> str:
    """The first line of a file that only its owner may read; raises SecretFileUnusable.

    Not `read_secret_file`: what a provider gives may be shorter than our own secrets.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o022:
                raise SecretFileUnusable
            password = file.read(_LONGEST_PASSWORD).decode("utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError):
        raise SecretFileUnusable from None
    if not password:
        raise SecretFileUnusable
    return password
