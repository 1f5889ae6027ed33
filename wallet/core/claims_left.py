"""What a credential says beside the statements that have a name here: consent is to what can be seen."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from passport.credentials import Credential
from passport.json import JsonObject, parse_object
from passport.sd_jwt import processed
from passport.sd_jwt.credential import SdJwtDocument
from passport.sd_jwt.pointers import Place
from passport.securing import read_secured
from wallet.core.plain_text import plain_name, plain_text

_SUBJECT = ("credentialSubject",)
_ACHIEVEMENT = (*_SUBJECT, "achievement")
_NOT_HERE: frozenset[Place] = frozenset(
    {
        ("issuer",),
        (*_ACHIEVEMENT, "creator"),
        (*_ACHIEVEMENT, "resultDescription"),
        *((name,) for name in ("@context", "proof", "credentialStatus", "credentialSchema")),
        *((name,) for name in ("relatedResource", "vct", "_sd_alg")),
        *((name,) for name in ("validFrom", "validUntil", "issuanceDate", "expirationDate")),
        *((*_SUBJECT, name) for name in ("activityStartDate", "activityEndDate")),
    }
)
"""Who the issuer is, the scale of a result, what is there for machines, and dates that were said already."""
_NAMES = frozenset({"type", "targetUrl", "targetCode", "targetFramework", "targetType"})
"""Addresses and kinds of what is said by its name."""
_ADDRESS = "id"
_SAYING = frozenset({"evidence", "identifier", "otherIdentifier"})
"""Where the address of a thing says something by itself."""
_LONGEST = 300


def statements_left(document: JsonObject, said: Collection[str]) -> Iterator[str]:
    """Every further statement, with the names of the members that lead to it.

    Args:
        document: the credential as it would leave, every disclosure in its place.
        said: what is shown of it already.
    """
    names = dict(_names_of_things(document))
    for place, value in _leaves(document, ()):
        text = plain_text(value if place[-1] == _ADDRESS else names.get(value, value))
        if text and text not in said:
            yield f"{_in_words(place)}: {_short(text)}"


def named_by_token(parsed: Credential) -> JsonObject:
    """What a token calls the person, as a student number (RFC 7519, section 4.1.2); no part of its badge."""
    token = None if parsed.source.startswith(b"{") else read_secured(parsed.source).token
    if token is None:
        return {}
    claims = processed(token.sd_jwt) if isinstance(token, SdJwtDocument) else parse_object(token.jws.payload)
    return {"sub": claims["sub"]} if "sub" in claims else {}


def _leaves(value: Any, at: Place) -> Iterator[tuple[Place, str]]:
    if at in _NOT_HERE or _is_a_name(at):
        return
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves(item, (*at, name))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, at)
    elif value is not None:
        yield at, str(value)


def _is_a_name(at: Place) -> bool:
    last = at[-1] if at else ""
    return last in _NAMES or (last == _ADDRESS and _SAYING.isdisjoint(at))


def _names_of_things(value: Any) -> Iterator[tuple[str, str]]:
    """By its identifier the name of whatever is described in the credential, as a level that was reached."""
    if isinstance(value, Mapping):
        identifier, name = value.get("id"), value.get("name")
        if isinstance(identifier, str) and isinstance(name, str):
            yield identifier, name
    for item in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _names_of_things(item)


def _in_words(place: Place) -> str:
    named = place[len(_ACHIEVEMENT) :] if place[: len(_ACHIEVEMENT)] == _ACHIEVEMENT else place
    named = named[1:] if named[:1] == _SUBJECT else named
    return " / ".join(plain_name(name) for name in named)


def _short(text: str) -> str:
    """A picture by what it is; of a long text the beginning."""
    if text.startswith("data:"):
        return text.partition(",")[0].partition(";")[0]
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
