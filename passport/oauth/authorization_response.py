"""Authorization Response: a code or an error, with `state` and `iss` (RFC 6749, 4.1.2; RFC 9207)."""

import hmac
from urllib.parse import parse_qsl, urlencode

from passport.errors.oauth import (
    AuthorizationRefused,
    AuthorizationResponseMismatch,
    AuthorizationServerMismatch,
    OAuthError,
)
from passport.oauth.error_response import CODES
from passport.oauth.redirect_uri import RedirectUri

_LENGTH = 8_192
_CODE_LENGTH = 2_048
_NAMES = frozenset({"code", "state", "iss", "error"})


def authorization_response(
    redirect_uri: RedirectUri, *, issuer: str, state: str | None, answer: str | OAuthError
) -> str:
    """Where the person goes back to, with a code or with our own error.

    Args:
        redirect_uri: the checked one of the request; what its query holds stays.
        issuer: the authorization server (RFC 9207, section 2).
        state: of the request.
        answer: a code, or why there is none.
    """
    parameters = {"error": answer.oauth_error} if isinstance(answer, OAuthError) else {"code": answer}
    if state is not None:
        parameters["state"] = state
    parameters["iss"] = issuer
    address = redirect_uri.text
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


def parse_authorization_response(
    url: str, *, redirect_uri: str, expected_state: str, expected_issuer: str, iss_promised: bool
) -> str:
    """Read the code that a browser brings back, as a client does.

    Args:
        url: as it came.
        redirect_uri: what this client asked.
        expected_state: of the one request that waits for this answer.
        expected_issuer: the server that was asked.
        iss_promised: whether its metadata say that its answers name it (RFC 9207, section 2.3).

    Raises:
        AuthorizationResponseMismatch: for another address, another request, malformed, or a parameter twice.
        AuthorizationServerMismatch: by another server, or by one that does not say though it promised to.
        AuthorizationRefused: an error; its code is one of the specifications' own words, or `other`.
    """
    address, _, query = url.partition("?")
    if len(url) > _LENGTH or "#" in url or address != redirect_uri.partition("?")[0]:
        raise AuthorizationResponseMismatch
    try:
        read = parse_qsl(
            query, keep_blank_values=True, strict_parsing=True, max_num_fields=16, errors="strict"
        )
    except ValueError:
        raise AuthorizationResponseMismatch from None
    ours = [(name, value) for name, value in read if name in _NAMES]
    found = dict(ours)
    if len(found) != len(ours):
        raise AuthorizationResponseMismatch
    if not hmac.compare_digest(found.get("state", "").encode(), expected_state.encode()):
        raise AuthorizationResponseMismatch
    if found.get("iss", expected_issuer) != expected_issuer or (iss_promised and "iss" not in found):
        raise AuthorizationServerMismatch
    if "error" in found:
        raise AuthorizationRefused(error=found["error"] if found["error"] in CODES else "other")
    code = found.get("code", "")
    if not 0 < len(code) <= _CODE_LENGTH:
        raise AuthorizationResponseMismatch
    return code
