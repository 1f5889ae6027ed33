"""The documents of one wallet, as choosing among them sees them: badges and endorsements with their parts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from passport.credentials import Credential, Endorsement
from passport.credentials.digest import credential_digest
from passport.encoding import digest_multibase
from passport.evidence.parts import Part, Place, parts_of
from passport.verification import VerifiedCredential, VerifiedEndorsement


@dataclass(frozen=True, slots=True)
class Separable:
    """What of one credential can stay behind, in the form of which parts are shown."""

    places: frozenset[Place]
    """Of what its holder may leave out."""
    keeps_digest: bool = False
    """Whether a part has the digest of the whole, as the signed part of an SD-JWT has: what builds on the
    credential then holds for the part as well."""


@dataclass(frozen=True, slots=True)
class Held:
    """One document."""

    verified: VerifiedCredential | VerifiedEndorsement
    source_digest: str
    digest: str
    """As others name it."""
    parts: tuple[Part, ...]
    keeps_digest: bool
    embedded: frozenset[str]
    """Digests of the genuine endorsements inside it."""
    ids: frozenset[str]
    """Its own identifier, and those of the genuine endorsements inside it."""
    inside: frozenset[str]
    """The skills of the wallet that genuine endorsements inside it are about, tokens among them."""

    @property
    def document(self) -> Credential | Endorsement:
        if isinstance(self.verified, VerifiedCredential):
            return self.verified.credential
        return self.verified.endorsement

    @property
    def optional(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.optional)

    @property
    def named(self) -> frozenset[str]:
        """The skills of the wallet that can be read in it."""
        return self.inside.union(*(part.mentions for part in self.parts))


def in_order(
    credentials: Iterable[VerifiedCredential],
    endorsements: Iterable[VerifiedEndorsement],
    separable: Mapping[str, Separable],
) -> list[Held]:
    """Each document once, badges first, by id and then by content. `separable` is by credential id."""
    badges = [_held(each, each.credential, separable.get(each.credential.id)) for each in credentials]
    others = [_held(each, each.endorsement, None) for each in endorsements]
    skills = frozenset(part.skill for each in badges for part in each.parts if part.skill is not None)
    return [_mentioning(each, skills) for each in (*_once(badges), *_once(others))]


def _mentioning(held: Held, skills: frozenset[str]) -> Held:
    """With what can be read of these skills in each part."""
    document = held.document.document
    return replace(
        held,
        parts=tuple(
            replace(part, mentions=skills.intersection(_texts(_at(document, part.place))))
            for part in held.parts
        ),
        inside=skills & held.inside,
    )


def _at(value: Any, place: Place) -> Any:
    for token in place:
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def _texts(value: Any) -> Iterator[str]:
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            todo += one.values() if isinstance(one, dict) else one


def _once(held: Sequence[Held]) -> list[Held]:
    different = {each.source_digest: each for each in held}
    return sorted(different.values(), key=lambda each: (each.document.id, each.source_digest))


def _held(
    verified: VerifiedCredential | VerifiedEndorsement,
    document: Credential | Endorsement,
    separable: Separable | None,
) -> Held:
    places: Collection[Place] = () if separable is None else separable.places
    inside = verified.endorsements if isinstance(verified, VerifiedCredential) else ()
    return Held(
        verified=verified,
        source_digest=digest_multibase(document.source),
        digest=credential_digest(document.source),
        parts=parts_of(document.document, places),
        keeps_digest=separable is not None and separable.keeps_digest,
        embedded=frozenset(digest_multibase(each.endorsement.source) for each in inside),
        ids=frozenset({document.id, *(each.endorsement.id for each in inside)}),
        inside=frozenset(each.endorsement.subject_id for each in inside),
    )
