"""What changed between two versions of a trust list, party by party, as codes and values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from passport.answers import Reason
from passport.errors.trust import DifferentTrustLists
from passport.trust.entry import TrustEntry
from passport.trust.recognition import Recognised, RecognitionClass, in_order, word_of
from passport.trust.trust_list import TrustList


class ChangeCode(StrEnum):
    """As `passport/texts/trust.*.toml` renders them."""

    ADDED = "trust.added"
    REMOVED = "trust.removed"
    ENDED = "trust.ended"
    REVOKED = "trust.revoked"
    RESTORED = "trust.restored"
    RENAMED = "trust.renamed"
    WIDENED_WORDS = "trust.widened.words"
    WIDENED_SKILLS = "trust.widened.skills"
    WIDENED_ALL_SKILLS = "trust.widened.all_skills"
    WIDENED_ACHIEVEMENTS = "trust.widened.achievements"
    WIDENED_ALL_ACHIEVEMENTS = "trust.widened.all_achievements"
    WIDENED_UNTIL = "trust.widened.until"
    WIDENED_NO_END = "trust.widened.no_end"
    WIDENED_SINCE = "trust.widened.since"
    WIDENED_IDENTIFIERS = "trust.widened.identifiers"
    WIDENED_DELEGATION = "trust.widened.delegation"
    NARROWED_WORDS = "trust.narrowed.words"
    NARROWED_SKILLS = "trust.narrowed.skills"
    NARROWED_SOME_SKILLS = "trust.narrowed.some_skills"
    NARROWED_ACHIEVEMENTS = "trust.narrowed.achievements"
    NARROWED_SOME_ACHIEVEMENTS = "trust.narrowed.some_achievements"
    NARROWED_UNTIL = "trust.narrowed.until"
    NARROWED_SINCE = "trust.narrowed.since"
    NARROWED_IDENTIFIERS = "trust.narrowed.identifiers"
    NARROWED_DELEGATION = "trust.narrowed.delegation"
    MOVED_LIST = "trust.moved_list"
    LIST_REVOKED = "trust.list_revoked"
    LIST_RESTORED = "trust.list_restored"
    LIST_DATES = "trust.list_dates"
    NOT_NEWER = "trust.not_newer"
    PUBLISHER_CHANGED = "trust.publisher_changed"
    CLASS_ADDED = "trust.class_added"
    CLASS_REMOVED = "trust.class_removed"
    CLASS_RENAMED = "trust.class_renamed"
    CLASS_COUNTS = "trust.class_counts"


@dataclass(frozen=True, slots=True)
class _Restriction:
    """The codes for one kind of limit."""

    unlimited: ChangeCode
    more: ChangeCode
    limited: ChangeCode
    fewer: ChangeCode


_SKILLS = _Restriction(
    ChangeCode.WIDENED_ALL_SKILLS,
    ChangeCode.WIDENED_SKILLS,
    ChangeCode.NARROWED_SOME_SKILLS,
    ChangeCode.NARROWED_SKILLS,
)
_ACHIEVEMENTS = _Restriction(
    ChangeCode.WIDENED_ALL_ACHIEVEMENTS,
    ChangeCode.WIDENED_ACHIEVEMENTS,
    ChangeCode.NARROWED_SOME_ACHIEVEMENTS,
    ChangeCode.NARROWED_ACHIEVEMENTS,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `party` is the DID that it is about, None for the list itself."""

    reason: Reason
    party: str | None = None

    @property
    def code(self) -> str:
        return self.reason.code


def compare_trust_lists(old: TrustList, new: TrustList) -> tuple[Change, ...]:
    """What a newer version says otherwise: of the list first, then of the parties in order.

    A party with several entries is compared entry by entry, in their order; what is the same is left out.

    Raises:
        DifferentTrustLists: they are not versions of one list.
    """
    if old.id != new.id:
        raise DifferentTrustLists
    before, after = _by_party(old), _by_party(new)
    parties = [*before, *(did for did in after if did not in before)]
    return (
        *_of_list(old, new),
        *_of_classes(old, new),
        *(
            Change(reason, did)
            for did in parties
            for reason in _of_party(before.get(did, ()), after.get(did, ()), new)
        ),
    )


def _by_party(content: TrustList) -> Mapping[str, Sequence[TrustEntry]]:
    found: dict[str, list[TrustEntry]] = {}
    for entry in content.entries:
        found.setdefault(entry.id, []).append(entry)
    return found


def _of_list(old: TrustList, new: TrustList) -> Iterator[Change]:
    if new.version <= old.version:
        yield Change(Reason(ChangeCode.NOT_NEWER, {"old": old.version, "new": new.version}))
    if new.publisher != old.publisher:
        yield Change(Reason(ChangeCode.PUBLISHER_CHANGED, {"publisher": new.publisher}))
    if new.revoked is not None and new.revoked != old.revoked:
        values = {"date": _day(new.revoked.at), "why": new.revoked.reason}
        yield Change(Reason(ChangeCode.LIST_REVOKED, values))
    if new.revoked is None and old.revoked is not None:
        yield Change(Reason(ChangeCode.LIST_RESTORED))
    if new.valid_until != old.valid_until:
        yield Change(Reason(ChangeCode.LIST_DATES, {"date": _day(new.valid_until)}))


def _of_classes(old: TrustList, new: TrustList) -> Iterator[Change]:
    """What a class counts as is what all count as that are recognised as it: they are counted."""
    before, after = ({each.id: each for each in content.classes} for content in (old, new))
    for key, each in after.items():
        had = before.get(key)
        if had is None:
            yield Change(Reason(ChangeCode.CLASS_ADDED, {**_named(each), "words": str(each.counts_as)}))
            continue
        if had.name != each.name:
            yield Change(Reason(ChangeCode.CLASS_RENAMED, {**_named(had, "before"), **_named(each)}))
        if had.counts_as != each.counts_as:
            count = sum(key in map(word_of, (*one.recognised_as, *one.may_recognise)) for one in new.entries)
            values = {**_named(each), "formerly": str(had.counts_as), "words": str(each.counts_as)}
            yield Change(Reason(ChangeCode.CLASS_COUNTS, {**values, "count": count}))
    for key, each in before.items():
        if key not in after:
            yield Change(Reason(ChangeCode.CLASS_REMOVED, _named(each)))


def _named(each: RecognitionClass, value: str = "class") -> dict[str, str | int]:
    return {f"{value}.{language}": name for language, name in each.name.items()}


def _of_party(before: Sequence[TrustEntry], after: Sequence[TrustEntry], new: TrustList) -> Iterator[Reason]:
    gone = [entry for entry in before if entry not in after]
    come = [entry for entry in after if entry not in before]
    for old_entry, new_entry in zip(gone, come, strict=False):
        yield from _of_entry(old_entry, new_entry, new)
    for entry in come[len(gone) :]:
        yield Reason(ChangeCode.ADDED, {"name": entry.name, "words": _words(entry.recognised_as)})
        if entry.may_recognise:
            yield _reason(ChangeCode.WIDENED_DELEGATION, entry, words=_words(entry.may_recognise))
    for entry in gone[len(come) :]:
        yield _reason(ChangeCode.REMOVED, entry)


def _of_entry(old: TrustEntry, new: TrustEntry, content: TrustList) -> Iterator[Reason]:
    if new.name != old.name:
        yield _reason(ChangeCode.RENAMED, new, before=old.name)
    yield from _revocation(old, new)
    yield from _ending(old, new, content)
    for more, less, one, other in (
        (ChangeCode.WIDENED_WORDS, ChangeCode.NARROWED_WORDS, old.recognised_as, new.recognised_as),
        (ChangeCode.WIDENED_DELEGATION, ChangeCode.NARROWED_DELEGATION, old.may_recognise, new.may_recognise),
    ):
        here, there = (frozenset(map(word_of, each)) for each in (one, other))
        if there - here:
            yield _reason(more, new, words=_words(each for each in other if word_of(each) not in here))
        if here - there:
            yield _reason(less, new, words=_words(each for each in one if word_of(each) not in there))
    yield from _restriction(_SKILLS, old.skills, new.skills, new)
    yield from _restriction(_ACHIEVEMENTS, old.achievements, new.achievements, new)
    if new.dids - old.dids:
        yield _reason(ChangeCode.WIDENED_IDENTIFIERS, new, count=len(new.dids - old.dids))
    if old.dids - new.dids:
        yield _reason(ChangeCode.NARROWED_IDENTIFIERS, new, count=len(old.dids - new.dids))
    if old.list_id is not None and new.list_id is not None and old.list_id != new.list_id:
        yield _reason(ChangeCode.MOVED_LIST, new, list=new.list_id)


def _revocation(old: TrustEntry, new: TrustEntry) -> Iterator[Reason]:
    if new.revoked is not None and new.revoked != old.revoked:
        yield _reason(ChangeCode.REVOKED, new, date=_day(new.revoked.at), why=new.revoked.reason)
    if new.revoked is None and old.revoked is not None:
        yield _reason(ChangeCode.RESTORED, new)


def _ending(old: TrustEntry, new: TrustEntry, content: TrustList) -> Iterator[Reason]:
    """Later or earlier dates; an end that has passed when the list is published is an end."""
    ends = new.valid_until
    if ends is None:
        if old.valid_until is not None:
            yield _reason(ChangeCode.WIDENED_NO_END, new)
    elif old.valid_until is None or ends < old.valid_until:
        code = ChangeCode.ENDED if ends <= content.valid_from else ChangeCode.NARROWED_UNTIL
        yield _reason(code, new, date=_day(ends))
    elif ends > old.valid_until:
        yield _reason(ChangeCode.WIDENED_UNTIL, new, date=_day(ends))
    if new.valid_from != old.valid_from:
        earlier = new.valid_from < old.valid_from
        code = ChangeCode.WIDENED_SINCE if earlier else ChangeCode.NARROWED_SINCE
        yield _reason(code, new, date=_day(new.valid_from))


def _restriction(
    codes: _Restriction, old: frozenset[str] | None, new: frozenset[str] | None, entry: TrustEntry
) -> Iterator[Reason]:
    """A limit that goes widens, one that comes narrows; of two limits what came and what went is counted."""
    if new is None:
        if old is not None:
            yield _reason(codes.unlimited, entry)
    elif old is None:
        yield _reason(codes.limited, entry, count=len(new))
    else:
        if new - old:
            yield _reason(codes.more, entry, count=len(new - old))
        if old - new:
            yield _reason(codes.fewer, entry, count=len(old - new))


def _reason(code: ChangeCode, entry: TrustEntry, **values: str | int) -> Reason:
    return Reason(code, {"name": entry.name, **values})


def _words(words: Iterable[Recognised]) -> str:
    return ", ".join(map(word_of, in_order(words))) or "-"


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
