"""Who may talk to the wallet: the page that it opened itself, and nobody else on this machine or the web.

The opening address carries a token that works once; it becomes a cookie that no other site sends along
(SameSite=Strict) and no script reads. The Host header must name this machine, against rebound names; forms
and bodies must come from our own origin.
"""

from fastapi import Depends, Request, Response

from passport.web.forms import same_origin
from wallet.errors import ForeignHost

COOKIE = "wallet_session"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def enter(request: Request, token: str, response: Response) -> None:
    """Turn the token into the cookie; raises OpenedAlready."""
    value = request.app.state.desk.session.enter(token)
    response.set_cookie(COOKIE, value, httponly=True, samesite="strict", path="/")


def check_host(request: Request) -> None:
    """Raises ForeignHost: a name that somebody pointed at this machine is not ours."""
    host = request.headers.get("host", "")
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    if name not in _LOOPBACK:
        raise ForeignHost


def _check(request: Request) -> None:
    check_host(request)
    desk = request.app.state.desk
    desk.session.check(request.cookies.get(COOKIE, ""))
    desk.guest.check(request.url.path, desk.lock)


def from_our_page(request: Request) -> None:
    """For every request: the session's cookie, a host that is this machine. It counts as use of the wallet.

    Raises:
        ForeignHost, OpenedAlready
        AdviserAtWork: an adviser sits here, and this is not for them.
    """
    _check(request)
    request.app.state.desk.use()


def from_script_or_page(request: Request) -> None:
    """For the JSON interface: a browser says where a request comes from, a script says nothing.

    Raises:
        ForeignHost: another origin.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"} or (
        origin is not None and origin.partition("://")[2] != request.headers.get("host")
    ):
        raise ForeignHost


def from_our_page_unused(request: Request) -> None:
    """The same, for what a page asks by itself: it is no use of the wallet."""
    _check(request)


ours = [Depends(from_our_page)]
ours_unused = [Depends(from_our_page_unused)]
our_form = [Depends(from_our_page), same_origin]
our_script = [Depends(from_our_page), Depends(from_script_or_page)]
