"""Answer a visit on a host without a web framework: find the route, let in or not, call the handler."""

from collections.abc import Iterable

from passport.errors import PassportError
from passport.http_status import headers_of, status_of
from passport.texts import sentence_of
from wallet.pages.answer import HTML, Answer
from wallet.pages.routing import Router, admit, find
from wallet.pages.visit import Visit


def answer(visit: Visit, routers: Iterable[Router]) -> Answer:
    """The page that was asked for, or the page that says why not. What no rule of ours refuses goes through.

    The host has made sure that the visit comes from the wallet's own pages.
    """
    try:
        route = find(routers, visit.method, visit.path)
        admit(visit, route.guard)
        return route.answer(visit)
    except PassportError as error:
        return refusal(visit, error)


def refusal(visit: Visit, error: PassportError) -> Answer:
    """The page of an error that no handler shows on a page of its own."""
    status = status_of(error)
    page = visit.renderer.page(
        "problem.html",
        visit.language,
        status=status,
        here=visit.path,
        again=None if visit.method != "GET" else [each for each in visit.query if each[0] != "lang"],
        sentence=sentence_of(error, visit.language, visit.renderer.catalogues[0]),
        problem_status=int(status),
        way_on=error.way_on,
        request_id="",
    )
    headers = {
        "Content-Language": str(visit.language),
        "Vary": "Accept-Language, Cookie",
        **headers_of(status),
    }
    return Answer(page.html.encode(), status, HTML, headers)
