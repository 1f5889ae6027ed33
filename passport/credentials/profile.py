"""Profile: who issues, or who assessed (Open Badges 3.0, section B.1.19)."""

from dataclasses import dataclass
from typing import Any

from passport.credentials.language import optional_name
from passport.credentials.reading import is_url, optional_mapping, optional_text, types, url
from passport.errors.credentials import MalformedMember, MissingMember, NotAUrl
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation or person. Its name is what it calls itself, until a trust list confirms it."""

    id: str
    name: str | None = None
    types: tuple[str, ...] = ("Profile",)
    url: str | None = None
    image: str | None = None
    parent_org: "Profile | None" = None
    """Who it is part of, or works for."""


def parse_profile(source: JsonObject) -> Profile:
    return Profile(
        id=url(source, "id"),
        name=optional_name(source, "name"),
        types=types(source, "Profile"),
        url=optional_text(source, "url"),
        image=parse_image(source),
        parent_org=_parse_parent(source),
    )


def _parse_parent(source: JsonObject) -> Profile | None:
    """The `parentOrg`: a Profile, or its address alone, which JSON-LD gives the same meaning."""
    found: Any = source.get("parentOrg")
    if isinstance(found, str):
        return Profile(url(source, "parentOrg"), types=())
    parent = optional_mapping(source, "parentOrg")
    return None if parent is None else parse_profile(parent)


def parse_issuer(document: JsonObject) -> Profile:
    """The `issuer` of a credential: a Profile, or its identifier alone (VC 2.0, section 4.7)."""
    found: Any = document.get("issuer")
    if found is None:
        raise MissingMember(member="issuer")
    if isinstance(found, str):
        if not is_url(found):
            raise NotAUrl(member="issuer")
        return Profile(found, types=())
    if not isinstance(found, dict):
        raise MalformedMember(member="issuer")
    if "type" not in found:  # VC 2.0 lets an issuer be a bare object with an id
        return Profile(url(found, "id"), optional_name(found, "name"), types=())
    return parse_profile(found)


def parse_image(source: JsonObject) -> str | None:
    """The address of an `image`: an Image object, or in VC 1.1 the address alone."""
    found: Any = source.get("image")
    if found is None and "image" not in source:
        return None
    if isinstance(found, dict):
        types(found, "Image")
        return url(found, "id")
    if not is_url(found):
        raise NotAUrl(member="image")
    return str(found)
