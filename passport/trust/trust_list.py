"""A signed list of who is recognised as what, with dates; published by a registrar."""

from collections.abc import Collection, Sequence
from dataclasses import InitVar, dataclass
from datetime import datetime, timedelta
from typing import Final, Unpack

from passport import limits
from passport.errors.trust import MalformedTrustList, TrustListNotYetValid
from passport.errors.verification import NotConstructible
from passport.json import JsonObject
from passport.statements import (
    Head,
    HeadGiven,
    check_in_force,
    open_statement,
    read_head,
    verify_statement,
    write_head,
)
from passport.trust.classes import read_classes, write_classes
from passport.trust.entry import (
    Revocation,
    TrustEntry,
    read_entry,
    read_revocation,
    write_entry,
    write_revocation,
)
from passport.trust.recognition import RecognitionClass, by_word
from passport.verification import Context

TYPE = "TrustList"
MOST_ENTRIES = limits.PUBLISHED.array
_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


@dataclass(frozen=True, slots=True)
class TrustList(Head):
    """A trust list as parsed; says nothing before it is a VerifiedTrustList."""

    entries: tuple[TrustEntry, ...]
    revoked: Revocation | None = None
    """The whole list: from then on nothing on it counts."""
    classes: tuple[RecognitionClass, ...] = ()
    """The registrar's own, which entries of this list may name beside the five words."""

    @property
    def delegations(self) -> tuple[TrustEntry, ...]:
        """The entries that let somebody else recognise."""
        return tuple(entry for entry in self.entries if entry.may_recognise)


_SEAL: Final = object()
"""Put on by `verify_trust_list` alone: trust is a type."""


@dataclass(frozen=True, slots=True)
class VerifiedTrustList:
    """A trust list whose publisher was expected and whose proof holds; only verify_trust_list makes one."""

    content: TrustList
    source: bytes
    verified_at: datetime
    pinned: bool
    """Its publisher was chosen. One that was not counts within the delegation of a list that is pinned."""
    keys: frozenset[str]
    """The keys that signed it, as multikeys."""
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise NotConstructible

    def age_days(self, now: datetime) -> int:
        """Whole days since it was published."""
        return max(0, (now - self.content.valid_from).days)

    def fresh(self, now: datetime) -> bool:
        """Whether its publisher still answers for it; an old list can't tell."""
        return now < self.content.valid_until + _CLOCK_SKEW


def parse_trust_list(source: bytes | JsonObject) -> TrustList:
    """Read a trust list strictly, without a look at its proof.

    Raises:
        MalformedTrustList: a member that is missing, unknown or of the wrong form; what is wrong with its
            classes, or a name that is none of them, has a class of its own below it.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    members = open_statement(source, TYPE, MalformedTrustList)
    classes = read_classes(members)
    known = by_word(classes)
    made = TrustList(
        **read_head(members),
        entries=tuple(
            read_entry(each, known) for each in members.nested_list("entries", least=0, most=MOST_ENTRIES)
        ),
        revoked=read_revocation(members),
        classes=classes,
    )
    members.close()
    if len(made.delegations) > limits.TRUST.delegations:
        raise members.refuse("entries")
    return made


def verify_trust_list(
    source: bytes,
    *,
    context: Context,
    expected_publishers: Collection[str],
    delegates: Collection[str] | None = (),
) -> VerifiedTrustList:
    """Parse and verify a trust list.

    A list past its `validUntil` is returned as well: its recognitions then answer cannot tell.

    Args:
        source: as it came.
        context: documents and moment.
        expected_publishers: DIDs that were chosen; their lists count by themselves.
        delegates: further DIDs whose lists are taken. The store counts those as far as a list of a chosen
            publisher delegates, so that None, whoever it proves to be, recognises nobody too many.

    Raises:
        UnexpectedPublisher: its publisher is in neither.
        TrustListNotYetValid: dated in the future.
        PassportError: what parsing and verifying raise; Indeterminate if the publisher's key is not at hand.
    """
    parsed = parse_trust_list(source)
    pinned = parsed.publisher in expected_publishers
    proofs = verify_statement(
        parsed.document,
        publisher=parsed.publisher,
        context=context,
        expected_publishers=None if pinned else delegates,
    )
    check_in_force(parsed, context.now, not_yet=TrustListNotYetValid)
    keys = frozenset(proof.public_key.to_multikey() for proof in proofs)
    return VerifiedTrustList(parsed, source, context.now, pinned, keys, _SEAL)


def build_trust_list(
    *,
    list_id: str,
    entries: Sequence[TrustEntry],
    revoked: Revocation | None = None,
    classes: Sequence[RecognitionClass] = (),
    **head: Unpack[HeadGiven],
) -> JsonObject:
    """Write an unsigned trust list; sign it with `sign_statement`.

    Its classes are those that are given and those that its entries name.

    Raises:
        MalformedTrustList: what was given would not be read back.
    """
    named = [each for entry in entries for each in (*entry.recognised_as, *entry.may_recognise)]
    all_classes = [*classes, *(each for each in named if isinstance(each, RecognitionClass))]
    document: JsonObject = {
        **write_head(TYPE, list_id, **head),
        **write_classes(list(dict.fromkeys(all_classes))),
        "entries": [write_entry(entry) for entry in entries],
        **write_revocation(revoked),
    }
    parse_trust_list(document)
    return document
