"""A resolver that is watched, and one document by the outbound door."""

import asyncio

from passport.fetch import Fetcher


class Spy:
    """A resolver that answers from a list, once for each question, and writes down what was asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def fetch(url: str, fetcher: Fetcher | None = None) -> bytes:
    return asyncio.run((fetcher or Fetcher()).get(url)).body
