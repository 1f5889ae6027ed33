"""Token Request with a pre-authorized code (OpenID4VCI 1.0, section 6.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from passport.errors.openid4vc import InvalidTokenRequest, UnsupportedGrantType
from passport.oauth.token_request import PRE_AUTHORIZED_CODE

_LENGTH = 512
_OURS = frozenset({"grant_type", "pre-authorized_code", "tx_code"})


@dataclass(frozen=True, slots=True)
class TokenRequest:
    pre_authorized_code: str = field(repr=False)
    tx_code: str | None = field(default=None, repr=False)

    def to_form(self) -> dict[str, str]:
        """The members of the application/x-www-form-urlencoded body."""
        written = {"grant_type": PRE_AUTHORIZED_CODE, "pre-authorized_code": self.pre_authorized_code}
        if self.tx_code is not None:
            written["tx_code"] = self.tx_code
        return written


def parse_token_request(members: Iterable[tuple[str, str]]) -> TokenRequest:
    """Read the members of the form, in the order they came.

    Members that we don't know are ignored (section 6.1); one of ours twice is refused (RFC 6749, 3.2).

    Raises:
        UnsupportedGrantType
        InvalidTokenRequest: a member is missing, empty, too long or there twice.
    """
    ours = [(name, value) for name, value in members if name in _OURS]
    form = dict(ours)
    if len(form) != len(ours) or any(not 0 < len(value) <= _LENGTH for value in form.values()):
        raise InvalidTokenRequest
    if "grant_type" not in form:
        raise InvalidTokenRequest
    if form["grant_type"] != PRE_AUTHORIZED_CODE:
        raise UnsupportedGrantType
    if "pre-authorized_code" not in form:
        raise InvalidTokenRequest
    return TokenRequest(form["pre-authorized_code"], form.get("tx_code"))
