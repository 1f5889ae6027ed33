"""Evidence, and the resources that a credential binds by digest."""

from dataclasses import dataclass

from passport.credentials.reading import optional_text, optional_url, types, url
from passport.errors.credentials import DuplicateRelatedResource, MalformedMember, MissingMember
from passport.json import JsonObject

_RELATED_MEMBERS = frozenset({"id", "type", "digestMultibase", "digestSRI", "mediaType"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports the claim (Open Badges 3.0, section B.1.8). `genre`: the method, as the signer says."""

    id: str | None
    name: str | None = None
    description: str | None = None
    genre: str | None = None
    narrative: str | None = None
    types: tuple[str, ...] = ("Evidence",)


@dataclass(frozen=True, slots=True)
class RelatedResource:
    """A resource bound by its digest (VC 2.0, section 5.3)."""

    id: str
    digest_multibase: str | None = None
    media_type: str | None = None
    digest_sri: str | None = None


def parse_evidence(source: JsonObject) -> Evidence:
    return Evidence(
        id=optional_url(source, "id"),
        name=optional_text(source, "name"),
        description=optional_text(source, "description"),
        genre=optional_text(source, "genre"),
        narrative=optional_text(source, "narrative"),
        types=types(source, "Evidence"),
    )


def parse_related_resource(source: JsonObject) -> RelatedResource:
    """A related resource; it may not carry what belongs to the evidence that it names."""
    if not _RELATED_MEMBERS.issuperset(source):
        raise MalformedMember(member="relatedResource")
    found = RelatedResource(
        id=url(source, "id"),
        digest_multibase=optional_text(source, "digestMultibase"),
        media_type=optional_text(source, "mediaType"),
        digest_sri=optional_text(source, "digestSRI"),
    )
    if not found.digest_multibase and not found.digest_sri:
        raise MissingMember(member="digestMultibase")
    return found


def check_bound_once(resources: tuple[RelatedResource, ...]) -> None:
    """No two related resources may have one identifier (VC 2.0, section 5.3)."""
    if len({resource.id for resource in resources}) != len(resources):
        raise DuplicateRelatedResource
