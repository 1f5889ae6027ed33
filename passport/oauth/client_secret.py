"""A client's secret in the header of a request: client_secret_basic (RFC 6749, section 2.3.1)."""

import base64
import binascii
from urllib.parse import quote_plus, unquote_plus

from passport.errors.oauth import InvalidClient

CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105 - a method's name
_LONGEST = 2_048


def write_basic(client_id: str, secret: str) -> str:
    """The value of the header `Authorization`; both parts are encoded as in a form."""
    both = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return f"Basic {base64.b64encode(both.encode('ascii')).decode('ascii')}"


def read_basic(header: str) -> tuple[str, str]:
    """The client_id and the secret. Raises InvalidClient."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic" or len(encoded) > _LONGEST:
        raise InvalidClient
    try:
        text = base64.b64decode(encoded, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        raise InvalidClient from None
    client_id, colon, secret = text.partition(":")
    if not colon:
        raise InvalidClient
    return unquote_plus(client_id), unquote_plus(secret)
