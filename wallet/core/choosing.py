"""What would leave for some demands, down to the very documents, each looked at as its verifier will."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from passport.evidence.board import Board, Refusals
from passport.evidence.demand import Demand
from passport.evidence.disclosure import Disclosure, Shown, least
from passport.verification import VerifiedCredential
from wallet.core.disclose import Disclosed, disclose_parts
from wallet.core.endorsements import KeptEndorsement, endorsements, genuine_endorsements
from wallet.core.separable import Fineness, separable
from wallet.core.shelf import Kept, files, genuine, kept, trust
from wallet.core.wallet import Wallet

_STEPS_FOR_OTHERS = 500
"""Steps to look for what could take the place of one document: a hint, asked once for each that leaves."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What would leave, and the board on which it was chosen."""

    board: Board
    disclosure: Disclosure
    credentials: tuple[tuple[Shown, Disclosed], ...]
    endorsements: tuple[tuple[Shown, KeptEndorsement], ...]
    refusals: Refusals
    apart: tuple[Kept, ...] = ()
    """Credentials that are bound to another key, so that they can't stand in this presentation."""

    def instead_of(self, document: str) -> tuple[str, ...]:
        """The ids of documents that would leave in place of one that the person keeps."""
        refusals = Refusals(self.refusals.documents | {document}, self.refusals.parts, self.refusals.skills)
        other = least(self.board, refusals, steps=_STEPS_FOR_OTHERS)
        now = {id_of(one) for one in self.disclosure.documents}
        return tuple(each for each in map(id_of, other.documents) if each not in now)


def choose(
    wallet: Wallet,
    demands: Sequence[Demand],
    refusals: Refusals,
    confirming: Sequence[KeptEndorsement] | None = None,
) -> Chosen:
    """The smallest disclosure that gives, shown as it would leave, the answers that it promises.

    It is planned with all that could stay behind. A credential that counts for less in part than whole is
    then planned with less that stays behind: the skills alone, and then nothing.

    One presentation has one holder. Where the credentials are bound to several keys, those of the key that
    meets most demands leave, and the person's first key where that is no matter.

    `confirming` are the endorsements that may leave; None for all of them.
    """
    shelf = kept(wallet)
    told = endorsements(wallet) if confirming is None else tuple(confirming)
    others = {one.holder for one in shelf if one.holder == _subject(one)} - {None, wallet.did}
    found = [
        _of_one(wallet, shelf, told, demands, refusals, holder=did)
        for did in (wallet.did, *sorted(did for did in others if did is not None))
    ]
    return min(found, key=lambda each: len(each.disclosure.unmet))


def _subject(one: Kept) -> str | None:
    return None if one.report.parsed is None else one.report.parsed.subject.id


def _of_one(
    wallet: Wallet,
    everything: tuple[Kept, ...],
    confirming: tuple[KeptEndorsement, ...],
    demands: Sequence[Demand],
    refusals: Refusals,
    *,
    holder: str,
) -> Chosen:
    shelf = tuple(one for one in everything if _subject(one) == holder)
    fineness: dict[str, Fineness] = {}
    while True:
        board = _board(wallet, shelf, confirming, demands, fineness, holder=holder)
        disclosure = least(board, refusals)
        parts = [_part(wallet, shelf, demands, one) for one in disclosure.documents if _is_badge(one)]
        refused = [id_of(shown) for shown, part in parts if part is None]
        if not refused:
            break
        for name in refused:
            fineness[name] = Fineness(fineness.get(name, Fineness.PARTS) - 1)
    return Chosen(
        board=board,
        disclosure=disclosure,
        credentials=tuple((shown, part) for shown, part in parts if part is not None),
        endorsements=tuple(
            (shown, one)
            for shown in disclosure.documents
            for one in confirming
            if one.verified is shown.verified
        ),
        refusals=refusals,
        apart=tuple(one for one in everything if one.verified is not None and one not in shelf),
    )


def _board(
    wallet: Wallet,
    shelf: tuple[Kept, ...],
    confirming: tuple[KeptEndorsement, ...],
    demands: Sequence[Demand],
    fineness: Mapping[str, Fineness],
    *,
    holder: str,
) -> Board:
    """Files stay with the holder: none travels with a presentation."""
    parts = {
        one.verified.credential.id: found
        for one in shelf
        if one.verified is not None and one.shows_parts
        for found in (separable(one, fineness.get(one.verified.credential.id, Fineness.PARTS)),)
        if found is not None
    }
    return Board(
        demands,
        genuine(shelf),
        trust=trust(wallet),
        now=wallet.now(),
        files=files(wallet),
        shown_files={},
        holder=holder,
        separable=parts,
        endorsements=genuine_endorsements(confirming),
    )


def _part(
    wallet: Wallet, shelf: Sequence[Kept], demands: Sequence[Demand], shown: Shown
) -> tuple[Shown, Disclosed | None]:
    one = next(one for one in shelf if one.verified is shown.verified)
    served = [demand for demand in demands if demand.skill in shown.serves]
    return shown, disclose_parts(wallet, one, {part.place for part in shown.hidden}, served)


def _is_badge(shown: Shown) -> bool:
    return isinstance(shown.verified, VerifiedCredential)


def id_of(shown: Shown) -> str:
    """The identifier of a badge or endorsement."""
    if isinstance(shown.verified, VerifiedCredential):
        return shown.verified.credential.id
    return shown.verified.endorsement.id
