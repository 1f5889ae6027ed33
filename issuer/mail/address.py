"""E-mail addresses that we send to: the plain form of RFC 5321 (section 4.1.2), at a host with a name.

Quoted local parts, addresses between brackets and comments are refused: nobody's work address needs them, and
each is a way to say something else to the next program.
"""

import re
from dataclasses import dataclass

from issuer.mail.errors import MalformedAddress

_LONGEST = 254
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_FORM = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>{_DOMAIN.pattern})")
_LONGEST_LOCAL = 64


@dataclass(frozen=True, slots=True)
class Address:
    """`local` as it was written, `domain` in small letters: mailboxes may tell cases apart, domains never."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def masked(self) -> str:
        """For a page that whoever has a link may see."""
        return f"{self.local[0]}…@{self.domain}"


def parse_address(text: str) -> Address:
    """Raises MalformedAddress."""
    match = _FORM.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or len(match["local"]) > _LONGEST_LOCAL:
        raise MalformedAddress
    return Address(match["local"], match["domain"].lower())


def is_domain(text: str) -> bool:
    return len(text) <= _LONGEST and _DOMAIN.fullmatch(text) is not None
