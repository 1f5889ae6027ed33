"""A mail server on this machine: it speaks SMTP over a real socket, and can be told to be difficult."""

import datetime as dt
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class PostOffice:
    """What the server took, and how it answers."""

    port: int = 0
    certificate: Path | None = None
    """With one it offers STARTTLS, and takes no mail before."""
    answers: dict[str, str] = field(default_factory=dict)
    """Replies to verbs that differ from the usual: {"RCPT": "550 no such mailbox"}."""
    taken: list[EmailMessage] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)


class _Conversation(socketserver.StreamRequestHandler):
    office: PostOffice
    protected = False

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        self.say("220 post office")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            self.office.spoken.append(line)
            if verb in self.office.answers:
                self.say(self.office.answers[verb])
            elif verb == "EHLO":
                offered = self.office.certificate is not None and not self.protected
                self.say("250-post office")
                self.say("250-STARTTLS" if offered else "250-8BITMIME")
                self.say("250 AUTH PLAIN")
            elif verb == "STARTTLS":
                self.protect()
            elif verb == "MAIL" and self.office.certificate is not None and not self.protected:
                self.say("530 5.7.0 Must issue a STARTTLS command first")
            elif verb == "DATA":
                self.take()
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("235 in" if verb == "AUTH" else "250 ok")

    def protect(self) -> None:
        self.say("220 go ahead")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.office.certificate)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.setup()
        self.protected = True

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if "BODY" in self.office.answers:
            self.say(self.office.answers["BODY"])
            return
        self.office.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.say("250 taken")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is no failure of the test."""


@contextmanager
def post_office(certificate: Path | None = None, **answers: str) -> Iterator[PostOffice]:
    office = PostOffice(certificate=certificate, answers=answers)
    handler = type("Conversation", (_Conversation,), {"office": office})
    with _Server(("127.0.0.1", 0), handler) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join(5)


def self_signed(folder: Path) -> Path:
    """A certificate for localhost with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
