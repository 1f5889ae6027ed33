"""A badge of Open Badges 2.0, as what it says (Assertion, BadgeClass, Profile). Nothing is verified here.

A hosted one is verified by asking its host whether it is still there, a signed one with a key to be fetched:
both tell somebody who looks at whose badge. So it is read, and kept as what a person has, not as proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from passport.baking.collection import LIST, payload_of, version_of
from passport.baking.inside import Version
from passport.clock import parse_datetime
from passport.errors import Invalid
from passport.errors.baking import MalformedOlderBadge
from passport.json import JsonObject, parse_object

_TEXT = 2_048


@dataclass(frozen=True, slots=True)
class OlderBadge:
    """What an Assertion says. `name` and `issuer` are empty where it only gives their addresses."""

    id: str
    name: str
    description: str
    issuer: str
    issued: datetime | None
    expires: datetime | None
    recipient: str
    """As it says whom it is for; "" where that is hashed, so that nobody can read it."""
    host: str
    """Where it can be looked at by whoever chooses to."""
    signed: bool


def parse_older_badge(source: bytes) -> OlderBadge:
    """Read an Assertion: JSON, or the payload of a signed one.

    Raises:
        MalformedOlderBadge
        Invalid: no JSON.
    """
    if version_of(source) is not Version.OB2:
        raise MalformedOlderBadge
    signed = source.lstrip()[:1] != b"{"
    document = parse_object(payload_of(source) if signed else source, LIST)
    badge = _object(document.get("badge"))
    issuer = _object(badge.get("issuer"))
    recipient = _object(document.get("recipient"))
    return OlderBadge(
        id=_text(document, "id"),
        name=_text(badge, "name"),
        description=_text(badge, "description"),
        issuer=_text(issuer, "name"),
        issued=_moment(document, "issuedOn"),
        expires=_moment(document, "expires"),
        recipient="" if recipient.get("hashed") else _text(recipient, "identity"),
        host=_host(document, badge, issuer),
        signed=signed,
    )


def _object(found: Any) -> Mapping[str, Any]:
    """An object, or nothing where its address stands instead."""
    if found is None or isinstance(found, str):
        return {}
    if not isinstance(found, dict):
        raise MalformedOlderBadge
    return found


def _text(source: Mapping[str, Any], member: str) -> str:
    found = source.get(member, "")
    if not isinstance(found, str):
        raise MalformedOlderBadge(member=member)
    return found[:_TEXT]


def _moment(source: JsonObject, member: str) -> datetime | None:
    """A moment as Open Badges 2.0 writes it; Open Badges 1.0 wrote days and seconds, which are left out."""
    found = source.get(member)
    if found is None:
        return None
    try:
        return parse_datetime(found)
    except Invalid:
        return None


def _host(*sources: Mapping[str, Any]) -> str:
    for source in sources:
        for member in ("id", "badge", "issuer"):
            found = source.get(member)
            if isinstance(found, str):
                try:
                    host = urlsplit(found).hostname
                except ValueError:
                    continue
                if host:
                    return host
    return ""
