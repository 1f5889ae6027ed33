"""How an issuer and its credentials look, in the languages of people (OpenID4VCI 1.0, section 12.2.4).

What a stranger's metadata says for people is decoration: a part that is not in order is left out, and the
rest is read. A picture is named and never fetched here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from passport.errors.oauth import MalformedIssuerUrl
from passport.json import JsonObject
from passport.oauth.urls import check_url
from passport.openid4vc.limits import VCI

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_LOCALE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]{4,}={0,2}")


@dataclass(frozen=True, slots=True)
class Logo:
    uri: str
    """https, or the picture itself as `data:`."""
    alt_text: str | None = None

    def to_json(self) -> JsonObject:
        return {"uri": self.uri} | ({} if self.alt_text is None else {"alt_text": self.alt_text})


@dataclass(frozen=True, slots=True)
class Display:
    """One language of an issuer, of a credential or of a claim; the last two have members of their own."""

    name: str
    locale: str | None = None
    """A language tag (BCP 47); each stands once."""
    logo: Logo | None = None
    description: str | None = None
    background_color: str | None = None
    text_color: str | None = None

    def to_json(self) -> JsonObject:
        others = {
            "locale": self.locale,
            "logo": None if self.logo is None else self.logo.to_json(),
            "description": self.description,
            "background_color": self.background_color,
            "text_color": self.text_color,
        }
        return {"name": self.name} | {name: value for name, value in others.items() if value is not None}


def check_colour(text: str) -> str | None:
    """A colour as CSS writes it in numbers; None for anything else, which could be more than a colour."""
    return text if _COLOUR.fullmatch(text) else None


def check_picture(uri: str) -> str | None:
    """Where a picture is, or the picture itself; None for any other scheme, for markup and for too much."""
    if len(uri) <= VCI.picture and _PICTURE.fullmatch(uri):
        return uri
    try:
        return check_url(uri, query=True)
    except MalformedIssuerUrl:
        return None


def parse_display(value: Any) -> tuple[Display, ...]:
    """The languages that can be read, each once, in the order they came."""
    if not isinstance(value, list):
        return ()
    found: dict[str | None, Display] = {}
    for entry in value[: VCI.display]:
        one = _entry(entry)
        if one is not None:
            found.setdefault(one.locale, one)
    return tuple(found.values())


def display_in(display: Sequence[Display], language: str) -> Display | None:
    """What to show to somebody who reads `language`: theirs, else one without a language, else the first."""
    for wanted in (language, None):
        for one in display:
            if (one.locale and one.locale.partition("-")[0].lower()) == wanted:
                return one
    return display[0] if display else None


def _entry(value: Any) -> Display | None:
    name = _text(value, "name", VCI.name)
    if name is None:
        return None
    locale = _text(value, "locale", VCI.name)
    return Display(
        name,
        locale if locale is not None and _LOCALE.fullmatch(locale) else None,
        _logo(value.get("logo")),
        _text(value, "description", VCI.description),
        _colour(value, "background_color"),
        _colour(value, "text_color"),
    )


def _logo(value: Any) -> Logo | None:
    uri = value.get("uri") if isinstance(value, Mapping) else None
    if not isinstance(uri, str) or check_picture(uri) is None:
        return None
    return Logo(uri, _text(value, "alt_text", VCI.description))


def _colour(value: Mapping[str, Any], name: str) -> str | None:
    found = _text(value, name, VCI.name)
    return None if found is None else check_colour(found)


def _text(value: Any, name: str, most: int) -> str | None:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) and 0 < len(found) <= most else None
