"""Proof sets and chains: which proofs a proof builds on (Data Integrity 1.0, sections 2.1.2 and 4.5)."""

from collections.abc import Mapping, Sequence

from passport.errors.proofs import CyclicProofChain, PreviousProofMissing
from passport.proofs.shape import Proof


def previous_proofs(proofs: Sequence[Proof]) -> tuple[tuple[Proof, ...], ...]:
    """For each proof those that it names in `previousProof`.

    A proof of a chain has them in what it signs, with their values: so their order can't be turned round.

    Raises:
        PreviousProofMissing: one of them is not there.
        CyclicProofChain: following them leads back.
    """
    if len(proofs) == 1 and not proofs[0].previous_proof:
        return ((),)
    by_id = {proof.id: proof for proof in proofs if proof.id is not None}
    _check_order(by_id, proofs)
    return tuple(_named(by_id, proof) for proof in proofs)


def _named(by_id: Mapping[str, Proof], proof: Proof) -> tuple[Proof, ...]:
    try:
        return tuple(by_id[name] for name in proof.previous_proof)
    except KeyError:
        raise PreviousProofMissing from None


def _check_order(by_id: Mapping[str, Proof], proofs: Sequence[Proof]) -> None:
    settled: set[int] = set()
    waiting = list(proofs)
    while waiting:
        ready = [p for p in waiting if all(id(q) in settled for q in _named(by_id, p))]
        if not ready:
            raise CyclicProofChain
        settled.update(map(id, ready))
        waiting = [p for p in waiting if id(p) not in settled]
