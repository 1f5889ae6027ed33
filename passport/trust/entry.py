"""One entry of a trust list: a party, what it is recognised as, and whom it may recognise in turn."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from passport import limits
from passport.clock import format_datetime
from passport.errors.trust import UnknownRecognition
from passport.json import JsonObject
from passport.statements import Members
from passport.trust.recognition import Recognised, Recognition, by_word, counted, word_of

MOST_RESTRICTIONS = 4_096
"""Achievements or skills that one entry is limited to."""
MOST_IDENTIFIERS = 16
"""Further DIDs of one party."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """That something counts no longer from a moment on, and why."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TrustEntry:
    """One party, what it is recognised as, from when until when and for what.

    `achievements` and `skills` limit the recognition to those identifiers; None is no limit. A party with
    several DIDs has the others in `also_known_as`: all of them are one signer.

    With `may_recognise` the party may recognise others as that, in the one list whose id is `list_id`, within
    the dates, achievements and skills of this entry. `recognised_as` may then be empty.

    Either may name a class of the list that the entry is on; what counts are `words` and `may_words`.
    """

    id: str
    name: str
    recognised_as: frozenset[Recognised]
    valid_from: datetime
    valid_until: datetime | None = None
    achievements: frozenset[str] | None = None
    skills: frozenset[str] | None = None
    also_known_as: frozenset[str] = frozenset()
    may_recognise: frozenset[Recognised] = frozenset()
    list_id: str | None = None
    revoked: Revocation | None = None

    @property
    def words(self) -> frozenset[Recognition]:
        """What it counts as."""
        return frozenset(map(counted, self.recognised_as))

    @property
    def may_words(self) -> frozenset[Recognition]:
        """What those whom it recognises may count as."""
        return frozenset(map(counted, self.may_recognise))

    @property
    def dids(self) -> frozenset[str]:
        """All DIDs that it names."""
        return self.also_known_as | {self.id}

    def in_force(self, at: datetime) -> bool:
        if self.revoked is not None and at >= self.revoked.at:
            return False
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)

    def covers(self, achievement: str | None, skills: Collection[str]) -> bool:
        """Whether the recognition reaches this achievement and at least one of these skills."""
        if self.achievements is not None and achievement not in self.achievements:
            return False
        return self.skills is None or not self.skills.isdisjoint(skills)

    def until(self, revocation: Revocation | None) -> "TrustEntry":
        """The same entry under one more revocation; the earlier one counts."""
        if revocation is None or (self.revoked is not None and self.revoked.at <= revocation.at):
            return self
        return replace(self, revoked=revocation)

    def within(self, bounds: "TrustEntry") -> "TrustEntry | None":
        """What is left of a delegate's entry within the delegation that `bounds` is; None for nothing.

        What it narrows to has both entries' dates, achievements, skills and revocations. It delegates
        nothing: delegation goes one level deep. Of a class its word is what has to be within.
        """
        words = bounds.may_words
        ends = min(
            (each for each in (self.valid_until, bounds.valid_until) if each is not None), default=None
        )
        narrowed = replace(
            self,
            recognised_as=frozenset(each for each in self.recognised_as if counted(each) in words),
            valid_from=max(self.valid_from, bounds.valid_from),
            valid_until=ends,
            achievements=_both(self.achievements, bounds.achievements),
            skills=_both(self.skills, bounds.skills),
            may_recognise=frozenset(),
            list_id=None,
        ).until(bounds.revoked)
        nothing = frozenset[str]()
        if not narrowed.recognised_as or nothing in (narrowed.achievements, narrowed.skills):
            return None
        return None if ends is not None and ends <= narrowed.valid_from else narrowed


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


_WORDS = by_word(())


def read_entry(members: Members, known: Mapping[str, Recognised] = _WORDS) -> TrustEntry:
    """Read an entry; whatever is wrong is raised as the refusal that the list has.

    Args:
        members: the entry.
        known: what it may name (`by_word`): the five words, and the classes of the list that it is on.

    Raises:
        UnknownRecognition: it names something else.
        MalformedTrustList: anything else that is wrong.
    """

    def named(member: str) -> frozenset[Recognised]:
        keys = members.keys(member, most=limits.TRUST.recognitions)
        if not keys <= known.keys():
            raise UnknownRecognition(member=member)
        return frozenset(known[key] for key in keys)

    delegates = "mayRecognise" in members
    only_delegates = delegates and "recognisedAs" not in members
    entry = TrustEntry(
        id=members.did("id"),
        name=members.text("name"),
        recognised_as=frozenset() if only_delegates else named("recognisedAs"),
        valid_from=members.moment("validFrom"),
        valid_until=members.maybe("validUntil", members.moment),
        achievements=members.maybe("achievements", members.urls, most=MOST_RESTRICTIONS),
        skills=members.maybe("skills", members.urls, most=MOST_RESTRICTIONS),
        also_known_as=members.maybe("alsoKnownAs", members.dids, most=MOST_IDENTIFIERS) or frozenset(),
        may_recognise=named("mayRecognise") if delegates else frozenset(),
        list_id=members.url("list") if delegates else None,
        revoked=read_revocation(members),
    )
    members.close()
    if entry.valid_until is not None and entry.valid_until <= entry.valid_from:
        raise members.refuse("validUntil")
    return entry


def read_revocation(members: Members) -> Revocation | None:
    """The member `revoked` of an entry or a list: a date and a reason for people."""
    if "revoked" not in members:
        return None
    revoked = members.nested("revoked")
    revocation = Revocation(revoked.moment("at"), revoked.text("reason"))
    revoked.close()
    return revocation


def write_revocation(revocation: Revocation | None) -> JsonObject:
    if revocation is None:
        return {}
    return {"revoked": {"at": format_datetime(revocation.at), "reason": revocation.reason}}


def write_entry(entry: TrustEntry) -> JsonObject:
    """The JSON of an entry; what is absent is not written."""
    optional = {
        "recognisedAs": sorted(map(word_of, entry.recognised_as)) or None,
        "validUntil": None if entry.valid_until is None else format_datetime(entry.valid_until),
        "achievements": None if entry.achievements is None else sorted(entry.achievements),
        "skills": None if entry.skills is None else sorted(entry.skills),
        "alsoKnownAs": sorted(entry.also_known_as) or None,
        "mayRecognise": sorted(map(word_of, entry.may_recognise)) or None,
        "list": entry.list_id,
    }
    return {
        "id": entry.id,
        "name": entry.name,
        "validFrom": format_datetime(entry.valid_from),
        **{name: value for name, value in optional.items() if value is not None},
        **write_revocation(entry.revoked),
    }
