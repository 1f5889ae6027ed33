"""A39 at the place where a command waits for a browser: who holds the line holds up nobody for long."""

import socket
import threading
import time

import httpx

from wallet.desktop import listening as listener_module
from wallet.desktop.listening import listening


def drip(address, ends):
    """A byte now and then, so that no single wait is ever too long."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as held:
        while not ends.is_set():
            try:
                held.sendall(b"G")
            except OSError:
                return
            time.sleep(0.05)


def test_a39_a_visitor_who_drips_does_not_keep_the_browser_out(monkeypatch):
    monkeypatch.setattr(listener_module, "_A_MOMENT", 0.3)
    ends = threading.Event()
    with listening() as found:
        dripping = threading.Thread(target=drip, args=(found.base, ends), daemon=True)
        dripping.start()
        time.sleep(0.1)
        answers = []
        browser = threading.Thread(
            target=lambda: answers.append(httpx.get(f"{found.base}/here?code=a", timeout=20)), daemon=True
        )
        browser.start()
        try:
            assert found.wait("/here", seconds=10) == f"{found.base}/here?code=a"
        finally:
            ends.set()
        browser.join(10)
    assert [answer.status_code for answer in answers] == [200]
