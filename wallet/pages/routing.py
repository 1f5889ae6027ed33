"""Addresses and their handlers, for hosts with a web framework and hosts without one.

    router = Router(prefix="/sets")

    @router.post("/{record}/take")
    def post_take(visit: Visit, record: str, address: Annotated[str, Form(max_length=2_048)] = "") -> Answer:
        ...

Nobody has to ask for a page to be guarded: who names no guard gets the strictest.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from passport.errors import NotFound
from passport.errors.web import MethodNotAllowed
from wallet.pages.answer import Answer
from wallet.pages.parameters import Signature, read_signature
from wallet.pages.visit import Visit

Handler = TypeVar("Handler", bound=Callable[..., Answer])
_NAMED = re.compile(r"\{(\w+)\}")


class Guard(Enum):
    """Who may ask for it, and whether that counts as use of the wallet.

    A host that others can reach checks each request against it; `admit` does what is the same on all hosts.
    """

    PERSON = "person"
    """The person at the wallet's own pages; a form must come from one of these."""
    PAGE_ITSELF = "page"
    """The same, asked for by a page without anybody touching it: that is no use of the wallet."""
    ELSEWHERE = "elsewhere"
    """Another site sends the browser here with an answer: whoever knows the place it was to come to."""


@dataclass(frozen=True, slots=True)
class Route:
    """One method at one address."""

    method: str
    template: str
    """The path, with names in braces."""
    guard: Guard
    handler: Callable[..., Answer] = field(repr=False)
    signature: Signature = field(repr=False)
    pattern: re.Pattern[str] = field(repr=False)

    def names_in(self, path: str) -> Mapping[str, str] | None:
        """The parts of a path that the template names; None where it is another path."""
        found = self.pattern.fullmatch(path)
        return None if found is None else found.groupdict()

    def answer(self, visit: Visit) -> Answer:
        """Read the parameters and call the handler.

        Raises:
            NotFound: not its path; a host may have found it by looser rules, such as about a last line's end.
            MalformedRequest, and what the handler raises.
        """
        named = self.names_in(visit.path)
        if named is None:
            raise NotFound
        values = self.signature.values(visit, named)
        visit.desk.speak(visit.language)
        return self.handler(visit, **values)


class Router:
    """Routes in the order in which they are tried."""

    def __init__(self, *, prefix: str = "") -> None:
        self.prefix = prefix
        self.routes: list[Route] = []

    def get(self, path: str, *, guard: Guard = Guard.PERSON) -> Callable[[Handler], Handler]:
        return self._route("GET", path, guard)

    def post(self, path: str, *, guard: Guard = Guard.PERSON) -> Callable[[Handler], Handler]:
        return self._route("POST", path, guard)

    def _route(self, method: str, path: str, guard: Guard) -> Callable[[Handler], Handler]:
        template = self.prefix + path

        def add(handler: Handler) -> Handler:
            signature = read_signature(handler, _NAMED.findall(template), skip=1)
            self.routes.append(Route(method, template, guard, handler, signature, _pattern(template)))
            return handler

        return add


def find(routers: Iterable[Router], method: str, path: str) -> Route:
    """The first route of this path and method.

    Raises:
        NotFound: no route has the path.
        MethodNotAllowed: one has it, with another method.
    """
    known = False
    for router in routers:
        for route in router.routes:
            if route.names_in(path) is not None:
                if route.method == method:
                    return route
                known = True
    raise MethodNotAllowed if known else NotFound


def admit(visit: Visit, guard: Guard) -> None:
    """While an adviser sits at the device, only what is for them; and the wallet was used just now.

    Raises:
        AdviserAtWork
    """
    if guard is Guard.ELSEWHERE:
        return
    visit.desk.guest.check(visit.path, visit.desk.lock)
    if guard is Guard.PERSON:
        visit.desk.use()


def _pattern(template: str) -> re.Pattern[str]:
    parts = _NAMED.split(template)
    escaped = [f"(?P<{part}>[^/]+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.compile("".join(escaped))
