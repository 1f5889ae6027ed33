"""Somebody's system that webhooks are sent to: it keeps what comes and answers as the test says."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI, Request, Response

from passport.webhooks.signature import Receiver
from tests.simulators.serving import bound, serving


@dataclass
class Delivered:
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """`answer` is a status, or a function that makes a response of what came."""

    url: str = ""
    answer: int | Callable[[Delivered], Response] = 204
    slow: float = 0.0
    got: list[Delivered] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/{rest:path}")
        async def take(request: Request, rest: str) -> Response:
            delivered = Delivered(dict(request.headers), await request.body())
            self.got.append(delivered)
            await asyncio.sleep(self.slow)
            return (
                Response(status_code=self.answer) if isinstance(self.answer, int) else self.answer(delivered)
            )

        return app

    def ids(self) -> list[str]:
        return [each.headers["webhook-id"] for each in self.got]

    def messages(self, secret: str) -> list[tuple[str, dict[str, str]]]:
        """Type and data of each, checked as a receiver checks them."""
        receiver = Receiver([secret])
        opened = [receiver.open(each.headers, each.body) for each in self.got]
        return [(each.type, dict(each.data)) for each in opened]


@contextmanager
def listening(**settings: object) -> Iterator[Listener]:
    listener = Listener(**settings)
    with serving(listener.app(), bound()) as url:
        listener.url = f"{url}/hook"
        yield listener
