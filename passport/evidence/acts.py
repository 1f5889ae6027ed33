"""Acts: what somebody signed, badge or endorsement, and what it names by digest as its base."""

import functools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from passport.credentials import Alignment, Credential, Endorsement, RelatedResource
from passport.credentials.digest import digested_form
from passport.credentials.enveloped import MEDIA_TYPES
from passport.encoding import check_digest_multibase, digest_multibase
from passport.errors import Invalid
from passport.proofs import SUITES
from passport.verification import VerifiedCredential, VerifiedEndorsement


class ActKind(StrEnum):
    CREDENTIAL = "credential"
    ENDORSEMENT = "endorsement"


Verified = VerifiedCredential | VerifiedEndorsement

_MEDIA_TYPES = frozenset({"application/vc", "application/vc+ld+json", *MEDIA_TYPES.values()})
_DERIVED = frozenset(suite.cryptosuite for suite in SUITES.values() if suite.selective)


@dataclass(frozen=True, slots=True)
class Reference:
    """A credential that an act names by identifier and `digestMultibase` (VC Data Model 2.0, section 5.3)."""

    id: str
    digest: str


class Act:
    """One signed act. Two are the same where their issuer signed the same thing."""

    def __init__(self, verified: Verified, ids: Collection[str]) -> None:
        self.verified = verified
        self.kind = ActKind.CREDENTIAL if isinstance(verified, VerifiedCredential) else ActKind.ENDORSEMENT
        self.document: Credential | Endorsement = (
            verified.credential if isinstance(verified, VerifiedCredential) else verified.endorsement
        )
        self.id = self.document.id
        self.references = tuple(references(self.document.related_resources, ids))

    @functools.cached_property
    def digested(self) -> bytes:
        return digested_form(self.document.source)

    @functools.cached_property
    def digest(self) -> str:
        """As others name it: `credential_digest` of it."""
        return digest_multibase(self.digested)

    @functools.cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys that signed it, as multikeys."""
        return tuple(proof.public_key.to_multikey() for proof in self.verified.proofs)

    @property
    def derived(self) -> bool:
        """Whether it is shown in part, under a proof that the holder derived: it has a digest of its own."""
        return any(proof.cryptosuite in _DERIVED for proof in self.verified.proofs)

    @property
    def skills(self) -> Iterable[Alignment]:
        """Those that a badge names itself, each once: naming a skill twice adds nothing."""
        if isinstance(self.document, Endorsement):
            return ()
        alignments = self.document.subject.achievement.alignments
        return {alignment.target_url: alignment for alignment in reversed(alignments)}.values()

    def is_named_by(self, reference: Reference) -> bool:
        """Whether identifier and digest are those that are named; a digest that we can't check is not."""
        if self.id != reference.id:
            return False
        try:
            check_digest_multibase(self.digested, reference.digest)
        except Invalid:
            return False
        return True


def is_credential(resource: RelatedResource, ids: Collection[str]) -> bool:
    """Whether a related resource is a credential: by its media type, or since one of that id is at hand."""
    media_type = resource.media_type
    return resource.id in ids or (
        media_type is not None and media_type.partition(";")[0].strip().lower() in _MEDIA_TYPES
    )


def references(resources: Iterable[RelatedResource], ids: Collection[str]) -> Iterator[Reference]:
    for resource in resources:
        if resource.digest_multibase is not None and is_credential(resource, ids):
            yield Reference(resource.id, resource.digest_multibase)
