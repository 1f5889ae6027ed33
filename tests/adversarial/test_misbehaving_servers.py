"""A39: a server that misbehaves costs seconds and kilobytes, and is named; over real sockets on this machine."""

import gzip
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from passport.errors.fetch import (
    FetchedTooLarge,
    FetchTimedOut,
    Redirected,
    UnexpectedContentType,
    UnexpectedStatus,
    Unreachable,
)
from passport.fetch import Fetcher
from passport.limits import FetchLimits
from tests.simulators.misbehaving import at_once, for_ever, server, silent, slowly
from tests.simulators.resolving import Spy, fetch

QUICK = FetchLimits(seconds=0.6, size=10_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


MISBEHAVING = {
    "never answers": (silent, FetchTimedOut),
    "slow header": (slowly(HEAD + b"\r\n{}"), FetchTimedOut),
    "dripping body": (
        lambda connection: (
            connection.sendall(HEAD + b"Content-Length: 100\r\n\r\n"),
            slowly(b" " * 100)(connection),
        ),
        FetchTimedOut,
    ),
    "endless body": (for_ever(HEAD + b"\r\n", b" " * 1000), FetchedTooLarge),
    "endless chunks": (
        for_ever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n" + b" " * 1000 + b"\r\n"),
        FetchedTooLarge,
    ),
    "endless header": (for_ever(b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"x" * 1000 + b"\r\n"), Unreachable),
    "a byte too many": (at_once(HEAD + b"Content-Length: 10001\r\n\r\n" + b" " * 10_001), FetchedTooLarge),
    "early close": (at_once(HEAD + b"Content-Length: 100\r\n\r\n{}"), Unreachable),
    "no answer at all": (at_once(b""), Unreachable),
    "not HTTP": (at_once(b"SSH-2.0-OpenSSH_9.6\r\n"), Unreachable),
    "two lengths": (at_once(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), Unreachable),
    "a negative length": (at_once(HEAD + b"Content-Length: -2\r\n\r\n{}"), Unreachable),
    "gzip bomb": (
        at_once(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"0" * 5_000_000)),
        UnexpectedContentType,
    ),
    "html": (at_once(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}"), UnexpectedContentType),
    "json in the name only": (
        at_once(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; x=application/json\r\n\r\n{}"),
        UnexpectedContentType,
    ),
    "no content type": (at_once(b"HTTP/1.1 200 OK\r\n\r\n{}"), UnexpectedContentType),
    "301": (at_once(b"HTTP/1.1 301 Moved\r\nLocation: https://example.org/\r\n\r\n"), Redirected),
    "302 to this machine": (
        at_once(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n"),
        Redirected,
    ),
    "307": (at_once(b"HTTP/1.1 307 Temporary\r\nLocation: file:///etc/passwd\r\n\r\n"), Redirected),
    "308": (at_once(b"HTTP/1.1 308 Permanent\r\nLocation: /x\r\n\r\n"), Redirected),
    "304 unasked": (at_once(b"HTTP/1.1 304 Not Modified\r\n\r\n"), Redirected),
    "404": (at_once(b"HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n{}"), UnexpectedStatus),
    "500": (at_once(b"HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\n\r\n{}"), UnexpectedStatus),
    "206": (at_once(b"HTTP/1.1 206 Partial\r\nContent-Type: application/json\r\n\r\n{}"), UnexpectedStatus),
}


@pytest.mark.parametrize("what", MISBEHAVING)
def test_a_misbehaving_server_costs_little_and_is_named(what):
    behave, expected = MISBEHAVING[what]
    with server(behave) as port:
        began = time.monotonic()
        with pytest.raises(expected):
            fetch(f"http://localhost:{port}/x", Fetcher(allow_loopback=True, bounds=QUICK))
        assert time.monotonic() - began < 2


def test_nobody_listening_is_unreachable():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable):
        fetch(f"http://localhost:{port}/", Fetcher(allow_loopback=True))


def test_http_1_0_and_a_body_at_the_limit_are_taken():
    body = b'{"a":"' + b"x" * (QUICK.size - 8) + b'"}'
    with server(
        at_once(b"HTTP/1.0 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n\r\n" + body)
    ) as port:
        assert fetch(f"http://localhost:{port}/", Fetcher(allow_loopback=True, bounds=QUICK)) == body


def _certificate(name: str, *, days: int = 5) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS with a certificate for `name`, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=10))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        file.flush()
        theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        theirs.load_cert_chain(file.name)
        ours = ssl.create_default_context(cafile=file.name)
    return theirs, ours


@pytest.mark.parametrize(
    ("name", "days", "expected"),
    [
        ("school.example.org", 5, None),
        ("other.example.org", 5, Unreachable),
        ("school.example.org", -1, Unreachable),
    ],
)
def test_tls_is_checked_for_the_name_and_not_for_the_pinned_address(name, days, expected, monkeypatch):
    """The pinned address stands in for a public one: its server must still prove the name."""
    theirs, ours = _certificate(name, days=days)
    monkeypatch.setattr("passport.fetch.fetcher.check_addresses", lambda found: found[0])
    with server(at_once(HEAD + b"Content-Length: 2\r\n\r\n{}"), theirs) as port:
        url = f"https://school.example.org:{port}/did.json"
        fetcher = Fetcher(resolve=Spy(["127.0.0.1"]), tls=ours)
        if expected is None:
            assert fetch(url, fetcher) == b"{}"
        else:
            with pytest.raises(expected):
                fetch(url, fetcher)
        with pytest.raises(Unreachable):
            fetch(url, Fetcher(resolve=Spy(["127.0.0.1"])))
