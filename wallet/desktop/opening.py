"""The opening address of the wallet: a token that works once, and the cookie's value that it becomes.

It knows no web framework, so that commands which serve no page start without one.
"""

import hmac
import secrets

from wallet.errors import OpenedAlready

_TOKEN_BYTES = 32


class Session:
    """One browser or script at a time."""

    def __init__(self, token: str | None = None) -> None:
        self.token: str | None = token or secrets.token_urlsafe(_TOKEN_BYTES)
        self._cookie = secrets.token_urlsafe(_TOKEN_BYTES)

    def enter(self, token: str) -> str:
        """The value of the cookie, for the token; it works once.

        Raises:
            OpenedAlready: a wrong token, or a second time.
        """
        expected, self.token = self.token, None
        if expected is None or not hmac.compare_digest(token.encode(), expected.encode()):
            self.token = expected
            raise OpenedAlready
        return self._cookie

    def check(self, cookie: str) -> None:
        """Raises OpenedAlready: not the cookie's value."""
        if not hmac.compare_digest(cookie.encode(), self._cookie.encode()):
            raise OpenedAlready
