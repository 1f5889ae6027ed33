"""Parameters of a request: form members, each at most once (RFC 6749, section 3.1 and 3.2)."""

from collections.abc import Iterable
from urllib.parse import parse_qsl

from passport.errors.oauth import OAuthError

MOST_FIELDS = 32
LENGTH = 512
"""Characters of a parameter for which nothing else is said."""


def read_members(body: bytes, *, otherwise: type[OAuthError]) -> list[tuple[str, str]]:
    """The members of an application/x-www-form-urlencoded body; raises `otherwise`."""
    try:
        text = body.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise otherwise from None


def once(
    members: Iterable[tuple[str, str]], names: Iterable[str], *, otherwise: type[OAuthError]
) -> dict[str, str]:
    """The members that we know; others are ignored, as the specifications ask, and empty ones are not there.

    Raises:
        OAuthError: `otherwise`, where one of ours is there twice.
    """
    known = frozenset(names)
    ours = [(name, value) for name, value in members if name in known]
    form = dict(ours)
    if len(form) != len(ours):
        raise otherwise
    return {name: value for name, value in form.items() if value}


def text(form: dict[str, str], name: str, *, otherwise: type[OAuthError], most: int = LENGTH) -> str:
    """A parameter that must be there: some printable characters, not too many; raises `otherwise`."""
    value = form.get(name, "")
    if not 0 < len(value) <= most or not value.isprintable():
        raise otherwise
    return value


def optional_text(
    form: dict[str, str], name: str, *, otherwise: type[OAuthError], most: int = LENGTH
) -> str | None:
    """A parameter that may be there; raises `otherwise`."""
    return text(form, name, otherwise=otherwise, most=most) if name in form else None
