"""Servers on this machine that misbehave, over real sockets: each connection is answered by a function of it (A39)."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


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
