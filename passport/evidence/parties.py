"""Who is who: several DIDs of one controller are one signer, and the holder is never somebody else."""

from collections.abc import Iterable, Iterator

from passport.credentials import Credential, Endorsement, Profile
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.evidence.codes import EvidenceCode
from passport.evidence.kinds import Assessor, Method, SignedBy
from passport.trust import Recognition, TrustStore
from passport.verification import VerifiedCredential, VerifiedEndorsement

_RELATED = frozenset({Recognition.EMPLOYER, Recognition.WORK_PLACEMENT_COMPANY, Recognition.ADVISER})
_AT_WORK = frozenset({Recognition.EMPLOYER, Recognition.WORK_PLACEMENT_COMPANY})
_JUDGES = frozenset({Recognition.EDUCATOR, Recognition.VALIDATOR})


class Parties:
    """The people and organisations behind some credentials of one holder.

    Two DIDs are one party when a trust list says so, or when one key signs for both: the key of a proof, or
    the key that a did:key or did:jwk is. A wallet knows besides which DIDs are its own: `also_holder`.
    """

    __slots__ = ("_employers", "_holders", "_root", "_trust")

    def __init__(
        self,
        credentials: Iterable[VerifiedCredential],
        trust: TrustStore,
        holder: str | None = None,
        endorsements: Iterable[VerifiedEndorsement] = (),
        also_holder: Iterable[str] = (),
    ) -> None:
        self._trust = trust
        self._root: dict[str, str] = {}
        held = tuple(credentials)
        confirmed = tuple(endorsements)
        for verified in held:
            self._note_signer(verified.credential.issuer, verified)
            self._note_profile(verified.credential.subject.source)
        for each in confirmed:
            self._note_signer(each.endorsement.issuer, each)
        if holder is not None:
            for did in also_holder:
                self._join(holder, did)
                self._note_did(did)
        dids = {verified.credential.subject.id for verified in held} | {holder}
        holders = [did for did in dids if did is not None]
        for did in holders:
            self._note_did(did)
        self._holders = frozenset(map(self.party, holders))
        documents: list[Credential | Endorsement] = [verified.credential for verified in held]
        documents += [each.endorsement for each in confirmed]
        self._employers = frozenset(
            self.party(document.issuer.id) for document in documents if self._employs(document)
        )

    def party(self, did: str) -> str:
        """One name for all the DIDs of a party."""
        while (above := self._root.get(did, did)) != did:
            did = above
        return did

    def is_holder(self, did: str) -> bool:
        return self.party(did) in self._holders

    def not_the_holders(self, subject: str | None, holder: str | None) -> EvidenceCode | None:
        """A credential without a subject is anybody's; one about somebody else proves nothing here."""
        if subject is None:
            return EvidenceCode.NO_HOLDER
        if holder is not None and self.party(subject) != self.party(holder):
            return EvidenceCode.OTHER_HOLDER
        return None

    def signed_by(self, issuer: str, recognised_as: frozenset[Recognition]) -> SignedBy:
        if self.is_holder(issuer):
            return SignedBy.HOLDER
        if not recognised_as:
            return SignedBy.UNKNOWN
        return SignedBy.RELATED if self.is_related(issuer) else SignedBy.INDEPENDENT

    def assessor(self, credential: Credential) -> Assessor:
        """Who assessed for the issuer.

        It must say who it is, also when it signs itself. Somebody who is an employer on a trust list is never
        independent: a verifier that is shown a part of the wallet can't see who worked where. Neither is one
        who works for somebody like that, or for the holder (`parentOrg`).
        """
        source = credential.subject.source
        if source is None:
            return Assessor.UNNAMED
        if self.is_holder(source.id):
            return Assessor.HOLDER
        if self.is_related(source.id) or self.is_related(credential.issuer.id):
            return Assessor.RELATED
        above = (*_parents(source), *_parents(credential.issuer))
        if any(self.is_holder(each.id) or self.is_related(each.id) for each in above):
            return Assessor.RELATED
        return Assessor.INDEPENDENT

    def is_related(self, did: str) -> bool:
        """An employer or adviser: of this holder by a credential, or of anybody by a trust list, ever."""
        return self.party(did) in self._employers or not _RELATED.isdisjoint(self._ever(did))

    def _ever(self, did: str) -> frozenset[Recognition]:
        party = self.party(did)
        known = {did, *(each for each in self._root if self.party(each) == party)}
        return frozenset().union(*(self._trust.ever(each) for each in known))

    def _employs(self, document: Credential | Endorsement) -> bool:
        """Whether who signed is taken for an employer: by a list, by a work record, or by confirming."""
        issuer = document.issuer.id
        if self.is_holder(issuer):
            return False
        ever = self._ever(issuer)
        if not ever.isdisjoint(_AT_WORK):
            return True
        at_work = isinstance(document, Endorsement) or any(
            evidence.genre == Method.WORK_RECORD for evidence in document.evidence
        )
        return at_work and ever.isdisjoint(_JUDGES)

    def _note_signer(self, issuer: Profile, verified: VerifiedCredential | VerifiedEndorsement) -> None:
        self._note_profile(issuer)
        for proof in verified.proofs:
            self._join(issuer.id, f"key {proof.public_key.to_multikey()}")

    def _note_profile(self, profile: Profile | None) -> None:
        if profile is not None:
            self._note_did(profile.id)
            for parent in _parents(profile):
                self._note_did(parent.id)

    def _note_did(self, did: str) -> None:
        for other in self._trust.party(did):
            self._join(did, other)
        try:
            document = resolve_did(did, DocumentCache())
        except PassportError:
            return  # an address on the web, or no DID at all: its keys show in its proofs only
        for method in document.methods:
            self._join(did, f"key {method.public_key.to_multikey()}")

    def _join(self, one: str, other: str) -> None:
        one, other = sorted((self.party(one), self.party(other)))
        self._root[other] = one
        self._root.setdefault(one, one)


def _parents(profile: Profile) -> Iterator[Profile]:
    """The organisations that somebody is part of, or works for, as far up as they are named."""
    while (above := profile.parent_org) is not None:
        yield above
        profile = above
