"""Another user of the same computer has the cookie of the wallet, and gets nothing.

Browsers send a cookie of 127.0.0.1 to every port of it (RFC 6265, section 8.5): whoever gets the person's browser to
come to a port of their own has it.
"""

import asyncio
import os
import socket
import struct
import sys
from contextlib import closing

import pytest

from wallet.desktop.peers import OwnUsersConnections, is_ours

OWN, PEER = ("127.0.0.1", 8100), ("127.0.0.1", 40000)
HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
OUR_END = "   0: 0100007F:1FA4 0100007F:9C40 {state} 0:0 00:0 0     1000        0 71 1 0\n"
THEIR_END = (
    "   1: {host}0100007F:9C40 {host}0100007F:1FA4 {state} 0:0 00:0 0     {user}        0 {inode} 1 0\n"
)
ON_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="this system doesn't say whose a socket is"
)


def table(tmp_path, ends="01", **their_end):
    path = tmp_path / "tcp"
    theirs = {"host": "", "state": "01", "user": 1000, "inode": 72, **their_end}
    path.write_text(HEAD + OUR_END.format(state=ends) + (THEIR_END.format(**theirs) if their_end else ""))
    return (path,)


@pytest.mark.parametrize(
    ("their_end", "taken"),
    [
        ({"user": 1000}, True),
        ({"user": 0}, True),  # root reads our memory, if it wishes
        ({"user": 1001}, False),
        ({"user": 1001, "host": "0000000000000000FFFF0000"}, False),  # by a socket of IPv6
        ({"user": 1000, "host": "0000000000000000FFFF0000"}, True),
        ({"user": 0, "inode": 0}, False),  # asked, and left at once: the table knows not whose it was
        ({"user": 0, "inode": 0, "state": "06"}, False),
    ],
)
def test_the_program_at_the_other_end_is_of_this_user(tmp_path, their_end, taken):
    assert is_ours(PEER, OWN, user=1000, tables=table(tmp_path, **their_end)) is taken


def test_who_hangs_up_before_they_are_seen_is_refused_and_who_is_outside_of_this_system_is_not(tmp_path):
    assert is_ours(PEER, OWN, user=1000, tables=table(tmp_path, ends="01"))
    assert not is_ours(PEER, OWN, user=1000, tables=table(tmp_path, ends="08"))
    assert not is_ours(("127.0.0.1", 40001), OWN, user=1000, tables=table(tmp_path))


def test_where_the_system_does_not_say_whose_a_connection_is_the_cookie_decides(tmp_path):
    assert is_ours(PEER, OWN, user=1000, tables=(tmp_path / "none",))
    (tmp_path / "tcp").write_text(HEAD + "something else\n")
    assert is_ours(PEER, OWN, user=1000, tables=(tmp_path / "tcp",))


@ON_LINUX
def test_connections_of_this_system_are_told_apart_by_their_users():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        closing(socket.create_connection(server.getsockname())),
    ):
        visitor, peer = server.accept()
        with visitor:
            assert is_ours(peer, visitor.getsockname(), user=os.geteuid())
            assert is_ours(peer, visitor.getsockname(), user=4_000_000) is (os.geteuid() == 0)


@ON_LINUX
def test_whoever_resets_the_connection_at_once_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        thief = socket.create_connection(server.getsockname())
        visitor, peer = server.accept()
        thief.sendall(b"POST /request/0/approve HTTP/1.1\r\n\r\n")
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        thief.close()
        with visitor:
            assert not is_ours(peer, server.getsockname(), user=os.geteuid())


def test_another_users_program_is_told_so_and_nothing_that_it_sends_is_read(monkeypatch):
    monkeypatch.setattr("wallet.desktop.peers.is_ours", lambda *_, **__: False)
    read = []
    monkeypatch.setattr(
        "uvicorn.protocols.http.h11_impl.H11Protocol.data_received", lambda *_: read.append(1)
    )
    refused = OwnUsersConnections.__new__(OwnUsersConnections)  # before it needs what uvicorn makes it with

    async def ask():
        server = await asyncio.get_running_loop().create_server(lambda: refused, "127.0.0.1", 0)
        async with server:
            reading, writing = await asyncio.open_connection(*server.sockets[0].getsockname())
            answer = await reading.read()
            writing.close()
            await writing.wait_closed()
            return answer

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 403 ")
    refused.data_received(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: wallet_session=stolen\r\n\r\n")
    refused.eof_received()
    assert read == []
