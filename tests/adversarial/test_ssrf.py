"""A37 and A38: no URL of a stranger reaches anything but a public https server."""

import asyncio
import ipaddress

import pytest

from passport.documents import DocumentCache, NotFetched
from passport.errors.fetch import (
    AddressNotPublic,
    AddressRefused,
    HostUnknown,
    Unreachable,
)
from passport.fetch import Fetcher, gather_sync
from passport.fetch.exchange import Exchange
from passport.outbound.address import check_url, is_public
from passport.verification import Context, verify_credential
from tests.simulators.parties import NOW, Party, World, status_entry
from tests.simulators.resolving import Spy, fetch

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
