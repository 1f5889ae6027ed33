"""Acts: what somebody signed, badge or endorsement, and what it names by digest as its base."""

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from passport.credentials import Alignment, Credential, Endorsement, Form, RelatedResource
from passport.credentials.digest import digested_form
from passport.encoding import check_digest_multibase, digest_multibase
from passport.errors import Invalid
from passport.proofs import SUITES
from passport.verification import VerifiedCredential, VerifiedEndorsement


class ActKind(StrEnum):
    CREDENTIAL = "credential"
    ENDORSEMENT = "endorsement"


Verified = VerifiedCredential | VerifiedEndorsement

_MEDIA_TYPE = re.compile(r"application/(?:(?:vc|vc-ld|dc|credential)(?:\+.+)?|(?:.+\+)?(?:sd-)?jwt)")
"""Those of today, of drafts, and of tokens of any kind: what may be a credential is to be shown as one."""
_DERIVED = frozenset(suite.cryptosuite for suite in SUITES.values() if suite.selective)


@dataclass(frozen=True, slots=True)
class Reference:
    """A credential that an act names by identifier and `digestMultibase` (VC Data Model 2.0, section 5.3)."""

    id: str
    digest: str


class _Signed:
    """One signed act. Two are the same where their issuer signed the same thing."""

    kind: ClassVar[ActKind]

    def __init__(self, verified: Verified, document: Credential | Endorsement, ids: Collection[str]) -> None:
        self.verified = verified
        self.document: Credential | Endorsement = document
        self.id = document.id
        self.references = tuple(references(document.related_resources, ids))
        self._compared: dict[str, bool] = {}

    @functools.cached_property
    def digested(self) -> bytes:
        document = self.document
        return digested_form(document.document if document.form is Form.LDP_VC else document.source)

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

    def has(self, digest: str) -> bool:
        """Whether its digest is the one that is named; a digest that we can't check is not."""
        if digest not in self._compared:
            try:
                check_digest_multibase(self.digested, digest)
            except Invalid:
                self._compared[digest] = False
            else:
                self._compared[digest] = True
        return self._compared[digest]


class Badge(_Signed):
    """A badge, a claim among them."""

    kind = ActKind.CREDENTIAL
    document: Credential

    def __init__(self, verified: VerifiedCredential, ids: Collection[str]) -> None:
        super().__init__(verified, verified.credential, ids)

    @property
    def skills(self) -> Iterable[Alignment]:
        """Those that it names, each once: naming a skill twice adds nothing."""
        alignments = self.document.subject.achievement.alignments
        return {alignment.target_url: alignment for alignment in reversed(alignments)}.values()


class Confirmation(_Signed):
    """An endorsement, of whatever it may be."""

    kind = ActKind.ENDORSEMENT
    document: Endorsement

    def __init__(self, verified: VerifiedEndorsement, ids: Collection[str]) -> None:
        super().__init__(verified, verified.endorsement, ids)


Act = Badge | Confirmation


def is_credential(resource: RelatedResource, ids: Collection[str]) -> bool:
    """Whether a related resource is a credential: by its media type, or since one of that id is at hand."""
    media_type = (resource.media_type or "").partition(";")[0].strip().lower()
    return resource.id in ids or _MEDIA_TYPE.fullmatch(media_type) is not None


def references(resources: Iterable[RelatedResource], ids: Collection[str]) -> Iterator[Reference]:
    for resource in resources:
        if resource.digest_multibase is not None and is_credential(resource, ids):
            yield Reference(resource.id, resource.digest_multibase)
