"""Who is asking: an API key on every call of a program, a strict cookie on the pages."""

import hashlib
import secrets
from datetime import timedelta

from fastapi import Request, Response

from passport.clock import Clock
from passport.errors import NotAuthenticated
from passport.web.api_keys import ApiKeyChecker, bearer, parse_api_key
from verifier.errors import WrongKey
from verifier.limits import SESSION_HOURS
from verifier.records import Employer, Session

_LENGTH = 43


class SignIn:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keys = ApiKeyChecker()

    async def by_key(self, text: str) -> Employer:
        """The employer that a key opens.

        Raises:
            WrongKey: whatever is wrong with it.
            RateLimited: too many keys are being checked.
        """
        try:
            key = parse_api_key(text)
            employer = await Employer.get(key.account)
            await self._keys.check(key, tuple(employer.key_hashes) if employer else ())
        except NotAuthenticated:
            raise WrongKey from None
        assert employer is not None
        return employer

    async def by_bearer(self, request: Request) -> Employer:
        return await self.by_key(bearer(request))

    async def by_cookie(self, request: Request) -> Employer | None:
        """Who signed in on this browser, if somebody did."""
        token = request.cookies.get(cookie_name(request), "")
        if len(token) != _LENGTH:
            return None
        session = await Session.get(_digest(token))
        if session is None or session.until <= self._clock():
            return None
        return await Employer.get(session.employer)

    def session(self, request: Request) -> str:
        """What names this browser's session; of nobody who is not signed in."""
        return _digest(request.cookies.get(cookie_name(request), ""))

    async def begin(self, request: Request, response: Response, employer: Employer) -> None:
        """Start a session. Its token is new, so nobody can have planted it."""
        token = secrets.token_urlsafe(32)
        until = self._clock() + timedelta(hours=SESSION_HOURS)
        await Session(id=_digest(token), employer=employer.id, until=until).insert()
        response.set_cookie(
            cookie_name(request),
            token,
            max_age=SESSION_HOURS * 3600,
            httponly=True,
            samesite="strict",
            secure=_secure(request),
        )

    async def end(self, request: Request, response: Response) -> None:
        token = request.cookies.get(cookie_name(request), "")
        await Session.find({"_id": _digest(token)}).delete()
        response.delete_cookie(
            cookie_name(request), httponly=True, samesite="strict", secure=_secure(request)
        )


def cookie_name(request: Request) -> str:
    """With the __Host- prefix over https: no other host of the domain can set it (RFC 6265bis, 4.1.3.2)."""
    return "__Host-verifier" if _secure(request) else "verifier"


def _secure(request: Request) -> bool:
    return bool(request.app.state.settings.base_url.startswith("https://"))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
