"""Records and their digests: which evidence its signer bound, and whether a file at hand is that file."""

from collections.abc import Mapping
from dataclasses import dataclass

from passport.credentials import Credential, Evidence
from passport.encoding import check_digest_multibase, multibase_decode
from passport.errors import DigestMismatch, EncodingTooLong, MalformedEncoding
from passport.evidence.kinds import EvidenceState, Method

Files = Mapping[str, bytes | None]
"""Files by evidence id. Absent: not shown. None: asked for, and it could not be fetched."""

_MULTIHASH_LENGTH = {bytes((0x12, 0x20)): 34, bytes((0x20, 0x30)): 50}
_SUMMARY = (
    EvidenceState.CHANGED,
    EvidenceState.UNREACHABLE,
    EvidenceState.MATCHES,
    EvidenceState.NOT_SHOWN,
    EvidenceState.UNBOUND,
)
_BOUND = frozenset({EvidenceState.MATCHES, EvidenceState.NOT_SHOWN, EvidenceState.CHANGED})
"""A record that was changed was bound: the rules lower it, and say so."""


@dataclass(frozen=True, slots=True)
class Record:
    """One evidence object: its method if we know the genre, its digest if it is bound, its state."""

    id: str | None
    name: str | None
    method: Method | None
    digest: bytes | None
    state: EvidenceState


@dataclass(frozen=True, slots=True)
class Records:
    """The evidence of one credential."""

    records: tuple[Record, ...]

    @property
    def methods(self) -> frozenset[Method]:
        return frozenset(record.method for record in self.records if record.method is not None)

    @property
    def digests(self) -> frozenset[bytes]:
        return frozenset(record.digest for record in self.records if record.digest is not None)

    @property
    def state(self) -> EvidenceState:
        """The state that says most: changed, unreachable, matches, not shown, unbound."""
        states = {record.state for record in self.records}
        return next((state for state in _SUMMARY if state in states), EvidenceState.UNBOUND)

    @property
    def changed(self) -> bool:
        return self.state is EvidenceState.CHANGED

    def bound(self, *, certain: bool) -> frozenset[Method]:
        """The methods that a bound record stands behind; `certain` leaves out what could not be fetched."""
        counted = _BOUND if certain else _BOUND | {EvidenceState.UNREACHABLE}
        return frozenset(
            record.method for record in self.records if record.method is not None and record.state in counted
        )


def read_records(credential: Credential, files: Files) -> Records:
    """The evidence of a credential, each with its state."""
    digests = {
        resource.id: resource.digest_multibase
        for resource in credential.related_resources
        if resource.digest_multibase is not None
    }
    return Records(tuple(_record(evidence, digests, files) for evidence in credential.evidence))


def _record(evidence: Evidence, digests: Mapping[str, str], files: Files) -> Record:
    digest = None if evidence.id is None else digests.get(evidence.id)
    multihash = None if digest is None else _multihash(digest)
    state = EvidenceState.UNBOUND
    if evidence.id is not None and digest is not None and multihash is not None:
        state = _state(evidence.id, digest, files)
    return Record(
        id=evidence.id,
        name=evidence.name,
        method=_METHODS.get(evidence.genre or ""),
        digest=multihash,
        state=state,
    )


_METHODS: Mapping[str, Method] = {str(method): method for method in Method}


def _state(evidence_id: str, digest: str, files: Files) -> EvidenceState:
    if evidence_id not in files:
        return EvidenceState.NOT_SHOWN
    shown = files[evidence_id]
    if shown is None:
        return EvidenceState.UNREACHABLE
    try:
        check_digest_multibase(shown, digest)
    except DigestMismatch:
        return EvidenceState.CHANGED
    return EvidenceState.MATCHES


def _multihash(digest: str) -> bytes | None:
    """The bytes of a SHA-256 or SHA-384 multihash; a digest that nobody can check binds nothing."""
    try:
        multihash = multibase_decode(digest)
    except (MalformedEncoding, EncodingTooLong):
        return None
    return multihash if _MULTIHASH_LENGTH.get(multihash[:2]) == len(multihash) else None
