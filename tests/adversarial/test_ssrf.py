"""A37 to A39: no URL of a stranger reaches anything but a public https server, for five seconds at most.

Longer than most: one list of addresses and servers goes through every sink.
"""

import asyncio
import gzip
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from passport.documents import DocumentCache, NotFetched
from passport.errors.fetch import (
    AddressNotPublic,
    AddressRefused,
    FetchedTooLarge,
    FetchTimedOut,
    HostUnknown,
    Redirected,
    UnexpectedContentType,
    UnexpectedStatus,
    Unreachable,
)
from passport.fetch import Fetcher, gather_sync
from passport.fetch.address import check_url, is_public
from passport.fetch.exchange import Exchange
from passport.limits import FetchLimits
from passport.verification import Context, verify_credential
from tests.simulators.parties import NOW, Party, World, status_entry

HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.0.0.1", "0x7f000001", "017700000001", "0177.0.0.1",
    "127.0.0.1.", "127.000.000.001", "0", "0.0.0.0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1%25eth0]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]",
    "[ff02::1]", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1",
    "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "8.8.8.8", "[2606:4700::1111]",
    "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "x.localhost", "metadata", "router.local",
    "metadata.google.internal", "x.home.arpa", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "ⓛocalhost",
    "exa mple.org", "example.org\\@127.0.0.1", "user@example.org", "user:pw@example.org", "@example.org",
    "example.org:0", "example.org:65536", "example.org:-1", "example.org:٤٤٣", "example.org:", "example.org:443:1",
    "example.org%00", "example%2eorg", "exam\tple.org", "example.org\r\nHost: evil", "", ".", "..", "a..b",
    "-a.org", "a-.org", "a.-org", "x" * 64 + ".org", "a." * 130 + "org", "[", "]", "[]", "[::1", "a.1", "a.0x1",
]  # fmt: skip
SCHEMES = [
    "http", "file", "ftp", "gopher", "data", "jar", "ldap", "dict", "javascript", "ws", "wss", "HTTPS ", "",
    "httpS+evil", "unix",
]  # fmt: skip


class Spy:
    """A resolver that answers from a list, once for each question, and writes down what was asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def no_sockets(monkeypatch):
    """Any connection is a failure."""
    tried: list[object] = []

    async def refuse(*args: object, **_: object) -> None:
        tried.append(args)
        raise OSError

    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", refuse)
    monkeypatch.setattr("anyio.connect_tcp", refuse)
    return tried


def fetch(url: str, fetcher: Fetcher | None = None) -> bytes:
    return asyncio.run((fetcher or Fetcher()).get(url)).body


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_no_public_name_is_refused_before_it_is_resolved(host, no_sockets):
    spy = Spy(["93.184.215.14"])
    for url in (f"https://{host}/did.json", f"https://{host}:8443/x?y"):
        with pytest.raises(AddressRefused):
            fetch(url, Fetcher(resolve=spy))
        with pytest.raises(AddressRefused):
            asyncio.run(
                Exchange(resolve=spy).post(url, b"", media_type="application/json", accept=frozenset())
            )
    assert spy.asked == []
    assert no_sockets == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_another_scheme_is_refused(scheme):
    for url in (f"{scheme}://example.org/", f"{scheme}:example.org", f"{scheme}:///etc/passwd"):
        with pytest.raises(AddressRefused):
            check_url(url, allow_loopback=True)


@pytest.mark.parametrize(
    "url", ["https://example.org/#key", "https://example.org/#", "//example.org/", "example.org", "https:/example.org",
            "https:example.org", "https://example.org/\x00", "https://example.org/ x", "https://example.org/é",
            "https://example.org/" + "x" * 2048, "\thttps://example.org/", "https://example.org\\x"]
)  # fmt: skip
def test_a_malformed_address_is_refused(url):
    with pytest.raises(AddressRefused):
        check_url(url, allow_loopback=False)


def test_a_public_name_is_taken_as_it_is():
    target = check_url("https://School.Example.org:8443/a/did.json?v=1", allow_loopback=False)
    assert (target.scheme, target.host, target.port) == ("https", "school.example.org", 8443)
    assert (target.path, target.authority) == ("/a/did.json?v=1", "school.example.org:8443")
    assert check_url("https://xn--bcher-kva.example.com", allow_loopback=False).path == "/"


@pytest.mark.parametrize(
    "url", ["http://localhost:81/x", "https://localhost:81/x", "http://127.0.0.1:81/x", "http://[::1]:81/x"]
)
def test_this_machine_is_reached_in_development_only(url):
    assert check_url(url, allow_loopback=True).scheme == "http"
    with pytest.raises(AddressRefused):
        check_url(url, allow_loopback=False)


def test_development_opens_this_machine_and_nothing_else():
    for url in (
        "http://192.168.1.1/",
        "http://example.org/",
        "https://10.0.0.1/",
        "http://localhost.evil.example/",
    ):
        with pytest.raises(AddressRefused):
            check_url(url, allow_loopback=True)


PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.31.255.255",
    "192.0.0.1", "192.0.2.9", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:8.8.8.8",
    "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
    "2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_is_refused_before_connecting(address, no_sockets):
    for answers in ([address], ["93.184.215.14", address], [address, "93.184.215.14"]):
        with pytest.raises(AddressNotPublic):
            fetch("https://school.example.org/did.json", Fetcher(resolve=Spy(answers)))
    assert no_sockets == []


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"]
)
def test_public_addresses_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("answers", [[], ["not an address"], ["fe80::1%eth0"]])
def test_a_resolver_that_answers_nonsense_leads_nowhere(answers, no_sockets):
    with pytest.raises(AddressNotPublic):
        fetch("https://school.example.org/", Fetcher(resolve=Spy(answers)))
    assert no_sockets == []


def test_a_name_that_nobody_knows_is_said_so():
    async def unknown(_host: str, _port: int) -> list[str]:
        raise HostUnknown

    with pytest.raises(HostUnknown):
        fetch("https://school.example.org/", Fetcher(resolve=unknown))


def test_a_name_that_changes_its_mind_is_asked_once_and_the_checked_address_is_used(monkeypatch):
    """DNS rebinding: public when checked, loopback a moment later."""
    spy = Spy(["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"])
    connected: list[object] = []

    async def refuse(*_args: object, remote_host: object, **_more: object) -> None:
        connected.append(remote_host)
        raise OSError

    monkeypatch.setattr("anyio.connect_tcp", refuse)
    with pytest.raises(Unreachable):
        fetch("https://school.example.org/did.json", Fetcher(resolve=spy))
    assert spy.asked == ["school.example.org"]
    assert set(connected) == {"93.184.215.14"}


SINKS = ["did:web of an issuer", "did:web of a holder", "status list", "exchange", "document"]


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("host", ["169.254.169.254", "localhost", "internal", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_no_sink_of_a_verification_reaches_inside(sink, host, no_sockets):
    world, worker = World(), Party("Sam")
    if sink == "status list":
        badge = Party("School").issue(worker, ["a"], status=[status_entry(f"https://{host}/1", 3)])
    elif sink.startswith("did:web"):
        did = f"did:web:{host.strip('[]').replace(':', '%3A')}"
        badge = Party("School").issue(worker, ["a"])
        badge["issuer"]["id"] = did
    else:
        with pytest.raises(NotFetched):
            fetch(f"https://{host}/x")
        assert no_sockets == []
        return
    report = gather_sync(
        lambda documents: verify_credential(badge, Context(documents, NOW)), DocumentCache(), Fetcher()
    )
    assert report.answer != "yes"
    assert no_sockets == []
    assert world.cache.at_hand == {}


# A39: servers that misbehave, over real sockets on this machine

QUICK = FetchLimits(seconds=0.6, size=10_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(behave: Callable[[socket.socket], None], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def run() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    def one(connection: socket.socket) -> None:
        try:
            with connection:
                connection.settimeout(5)
                if tls is not None:
                    with tls.wrap_socket(connection, server_side=True) as secured:
                        secured.recv(65_536)
                        behave(secured)
                else:
                    connection.recv(65_536)
                    behave(connection)
        except OSError:
            return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        listener.close()


def slowly(data: bytes, pause: float = 0.05) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        for place in range(len(data)):
            connection.sendall(data[place : place + 1])
            time.sleep(pause)

    return behave


def at_once(data: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(data)


def for_ever(head: bytes, part: bytes) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(part)

    return behave


def silent(_connection: socket.socket) -> None:
    time.sleep(3)


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
