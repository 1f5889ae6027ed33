"""Records and their digests: which evidence its signer bound, and whether what is at hand is that.

A record is a file, or another credential that the signer built on: see `chain`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from passport.credentials import Credential, Endorsement, Evidence, RelatedResource
from passport.encoding import check_digest_multibase, multibase_decode
from passport.errors import DigestMismatch, EncodingTooLong, MalformedEncoding
from passport.evidence.acts import Reference
from passport.evidence.chain import Chain
from passport.evidence.kinds import AT_WORK, EvidenceState, Method

Files = Mapping[str, bytes | None]
"""Files by evidence id. Absent: not shown. None: asked for, and it could not be fetched."""

_MULTIHASH_LENGTH = {bytes((0x12, 0x20)): 34, bytes((0x20, 0x30)): 50}
_SUMMARY = (
    EvidenceState.CHANGED,
    EvidenceState.FALLEN,
    EvidenceState.UNREACHABLE,
    EvidenceState.UNCERTAIN,
    EvidenceState.HIDDEN,
    EvidenceState.MATCHES,
    EvidenceState.NOT_SHOWN,
    EvidenceState.UNBOUND,
)
_BOUND = frozenset({EvidenceState.MATCHES, EvidenceState.NOT_SHOWN, EvidenceState.CHANGED})
"""A record that was changed was bound: the rules lower it, and say so."""
_WRONG = frozenset({EvidenceState.CHANGED, EvidenceState.HIDDEN})
_NOTHING: frozenset[EvidenceState] = frozenset()
_PERHAPS = frozenset({EvidenceState.UNREACHABLE, EvidenceState.UNCERTAIN, EvidenceState.HIDDEN})


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
    """The evidence of one credential, and what is wrong with the credentials that it names."""

    records: tuple[Record, ...]
    bases: frozenset[EvidenceState]
    """CHANGED and HIDDEN, where one of them is: as evidence or not."""

    @property
    def methods(self) -> frozenset[Method]:
        return frozenset(record.method for record in self.records if record.method is not None)

    @property
    def digests(self) -> frozenset[bytes]:
        return frozenset(record.digest for record in self.records if record.digest is not None)

    @property
    def state(self) -> EvidenceState:
        """The state that says most: what lowers first, then what can't be told, then what holds."""
        states = {record.state for record in self.records} | self.bases
        return next((state for state in _SUMMARY if state in states), EvidenceState.UNBOUND)

    @property
    def changed(self) -> bool:
        return self.state is EvidenceState.CHANGED

    @property
    def unseen(self) -> bool:
        """Whether one of them is bound and not shown, whatever of the others is."""
        return any(record.state is EvidenceState.NOT_SHOWN for record in self.records)

    @property
    def hidden(self) -> bool:
        """Whether another credential that it was built on is not shown: it may have been changed since."""
        return EvidenceState.HIDDEN in self.bases

    def bound(self, *, certain: bool) -> frozenset[Method]:
        """The methods that a bound record stands behind; `certain` leaves out what could not be checked."""
        counted = _BOUND if certain else _BOUND | _PERHAPS
        return frozenset(
            record.method for record in self.records if record.method is not None and record.state in counted
        )


def read_records(
    document: Credential | Endorsement, files: Files, references: Collection[Reference], chain: Chain
) -> Records:
    """The evidence of a badge or endorsement, each with its state; `references` are those of its act."""
    bound = {
        resource.id: resource
        for resource in document.related_resources
        if resource.digest_multibase is not None
    }
    named = {reference.id: reference for reference in references}
    return Records(
        tuple(
            _record(evidence, bound.get(evidence.id or ""), files, named, chain)
            for evidence in document.evidence
        ),
        _bases(references, chain) if references else _NOTHING,
    )


def _bases(references: Collection[Reference], chain: Chain) -> frozenset[EvidenceState]:
    """What is hidden further down is as bad as hidden: there the circle may close."""
    hidden = {EvidenceState.HIDDEN for reference in references if chain.hides(reference)}
    return _WRONG & {*hidden, *(chain.look_up(reference)[0] for reference in references)}


def _record(
    evidence: Evidence,
    resource: RelatedResource | None,
    files: Files,
    named: Mapping[str, Reference],
    chain: Chain,
) -> Record:
    method = _METHODS.get(evidence.genre or "")
    digest = None if resource is None else resource.digest_multibase
    multihash = None if digest is None else _multihash(digest)
    state = EvidenceState.UNBOUND
    if resource is not None and digest is not None and multihash is not None:
        reference = named.get(resource.id)
        if reference is None:
            state = _state(resource.id, digest, files)
        else:
            state = _state_of_base(reference, method, chain)
    return Record(
        id=evidence.id,
        name=evidence.name,
        method=method,
        digest=multihash,
        state=state,
    )


_METHODS: Mapping[str, Method] = {str(method): method for method in Method}


def _state_of_base(reference: Reference, method: Method | None, chain: Chain) -> EvidenceState:
    """What the holder says is no record of work, whoever calls it one."""
    state, base = chain.look_up(reference)
    if base is not None and method in AT_WORK and state in _BOUND | _PERHAPS and chain.by_holder(base):
        return EvidenceState.UNBOUND
    return state


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
