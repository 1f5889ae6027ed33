"""DID and DID URL syntax (DID Core 1.0, sections 3.1 and 3.2), strictly as the ABNF has it."""

import re
from functools import lru_cache

from passport import limits
from passport.errors.dids import MalformedDid, MalformedDidUrl

_ID_CHARACTER = r"(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})"
_DID = re.compile(rf"did:[a-z0-9]+:(?:{_ID_CHARACTER}*:)*{_ID_CHARACTER}+")
_FRAGMENT = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+")


def check_did(did: object) -> str:
    """Return a well-formed DID.

    Raises:
        MalformedDid: it does not fit the ABNF, or is longer than limits.DID_LENGTH.
    """
    if not isinstance(did, str) or len(did) > limits.DID_LENGTH or not _DID.fullmatch(did):
        raise MalformedDid
    return did


def method_name(did: str) -> str:
    """The method of a DID: `key`, `jwk`, `web` and so on."""
    return check_did(did).split(":", 2)[1]


def split_method_id(url: object) -> tuple[str, str]:
    """Split the id of a verification method into DID and fragment.

    A path or a query would ask the resolver for another document, so only `did#fragment` is taken.

    Raises:
        MalformedDidUrl: anything else.
    """
    if not isinstance(url, str):
        raise MalformedDidUrl
    return _split(url)


@lru_cache(maxsize=limits.DIDS_KEPT)
def _split(url: str) -> tuple[str, str]:
    """Only what is well-formed is kept, so nothing that is kept is longer than the limit."""
    did, mark, fragment = url.partition("#")
    if len(url) > 2 * limits.DID_LENGTH or not mark or not _FRAGMENT.fullmatch(fragment):
        raise MalformedDidUrl
    try:
        return check_did(did), fragment
    except MalformedDid:
        raise MalformedDidUrl from None


def did_of(url: str) -> str:
    """The DID of a verification method's id; a bare DID is returned as it is.

    Raises:
        MalformedDidUrl, MalformedDid
    """
    return split_method_id(url)[0] if "#" in url else check_did(url)
