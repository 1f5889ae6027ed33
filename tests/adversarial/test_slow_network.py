"""A slow other side keeps nobody from the wallet, and what happens meanwhile is never undone by what comes late."""

import socket
import threading
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from passport.json import dump
from tests.simulators.desks import at_desk
from tests.simulators.parties import Party
from tests.simulators.showing import Site
from wallet.core.shelf import kept
from wallet.core.wallet import Kind
from wallet.errors import WalletLocked

PASSPHRASE = "een korte zin van mij"


class Slow(Site):
    """A school's web site that answers when it is let."""

    def __init__(self):
        super().__init__()
        self.reached, self.go_on = threading.Event(), threading.Event()


@contextmanager
def slow_school():
    """Answers each request with its document, once it is let go on; a socket, so that nothing is buffered."""
    site, listener = Slow(), socket.create_server(("127.0.0.1", 0))
    host = f"localhost:{listener.getsockname()[1]}"

    def serve():
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(visitor,), daemon=True).start()

    def answer(visitor):
        with visitor:
            path = visitor.recv(65_536).split(b" ")[1].decode().strip("/")
            site.reached.set()
            site.go_on.wait(4)
            body = site.documents.get(path)
            head = b"200 OK" if body else b"404 Not Found"
            visitor.sendall(
                b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                % (head, len(body or b""))
                + (body or b"")
            )

    threading.Thread(target=serve, daemon=True).start()
    school = Party.on_the_web("A slow school", host)
    site.documents[".well-known/did.json"] = school.did_document().body
    try:
        yield site, school, host
    finally:
        site.go_on.set()
        listener.close()


@pytest.fixture(scope="module")
def person(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("wallet")) as made:
        yield made


@pytest.fixture
def slow():
    with slow_school() as made:
        yield made


@contextmanager
def meanwhile(slow, person, path, **fields):
    """A page that waits for the school; `answered` is what became of it."""
    site, _, _ = slow
    answered = []
    asking = threading.Thread(target=lambda: answered.append(person.post(path, **fields)))
    asking.start()
    assert site.reached.wait(30)
    try:
        yield answered
    finally:
        site.go_on.set()
        asking.join(30)


def badge(person, school):
    return dump(school.issue(Party("A worker").also(person.did), ["https://e.example/s/1"])).decode()


@pytest.mark.parametrize(
    "way", ["receive a badge", "receive an offer", "import", "import a link", "answer a verifier", "ask"]
)
def test_another_page_answers_while_this_one_waits_for_the_network(person, slow, way):
    _, school, host = slow
    asked = {"client_id": f"decentralized_identifier:{school.did}", "request_uri": f"http://{host}/request"}
    path, fields = {
        "receive a badge": ("/receive", {"text": badge(person, school)}),
        "receive an offer": (
            "/receive",
            {"text": f"openid-credential-offer://?credential_offer_uri=http%3A%2F%2F{host}%2Foffer"},
        ),
        "import": ("/import", {"text": badge(person, school)}),
        "import a link": ("/import", {"text": f"http://{host}/s/{'0' * 32}#{'A' * 43}"}),
        "answer a verifier": ("/request", {"text": f"openid4vp://?{urlencode(asked)}"}),
        "ask": ("/ask/confirmation/look", {"at": f"http://{host}/o/yard"}),
    }[way]
    with meanwhile(slow, person, path, **fields) as answered:
        for other in ("/", "/journal"):
            assert person.get(other).status_code == 200
        assert answered == []
    assert answered


def test_what_comes_after_the_wallet_was_locked_is_not_kept_and_nothing_is_shown(person, slow):
    _, school, _ = slow
    with person.desk.wallet() as wallet:
        before = len(kept(wallet))
    try:
        with meanwhile(slow, person, "/receive", text=badge(person, school)) as answered:
            person.desk.lock()
        assert "A slow school" not in answered[0].text
        with pytest.raises(WalletLocked):
            wallet.save({(Kind.SETTING, "x"): b"1"})
    finally:
        person.desk.unlock(PASSPHRASE)
    with person.desk.wallet() as wallet:
        assert len(kept(wallet)) == before


def test_what_is_forgotten_meanwhile_stays_forgotten(person, slow):
    _, school, host = slow
    with meanwhile(slow, person, "/receive", text=badge(person, school)), person.desk.wallet() as wallet:
        wallet.save({(Kind.SETTING, "trace"): b"1"})
        wallet.erase(frozenset({(Kind.SETTING, "trace")}))
    with person.desk.wallet() as wallet:
        assert not any(host in url for url in wallet.vault.of_kind(Kind.DOCUMENT))
        assert "trace" not in wallet.vault.of_kind(Kind.SETTING)
