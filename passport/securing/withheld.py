"""What may be withheld: parts of a credential that its holder could have left out, and that a check rests on.

A credential that is shown in part says nothing of what stays behind. Where a check rests on something being
absent (no end, no withdrawal, no failed result), it must know that nothing could have been left out.

Of an SD-JWT that is exact: a digest without a disclosure shows where. A derived proof of ecdsa-sd-2023 does
not show what was left out. So there the issuer must have made an end and a status mandatory. Of the rest only
what is shown can be looked at: where that is not mandatory, what speaks against it may not be either. Who
makes mandatory what raises, and leaves to the holder what lowers, is taken at that.
"""

from collections.abc import Iterator
from enum import StrEnum

from passport.credentials.endorsement import is_endorsement
from passport.jose.vc_jwt import JwtDocument
from passport.json import JsonObject
from passport.proofs import READABLE
from passport.proofs.shape import Proof, parse_proofs
from passport.sd_jwt.credential import SdJwtDocument
from passport.sd_jwt.pointers import Place, value_at, write_pointer
from passport.securing.secured import Secured


class Withheld(StrEnum):
    END = "end"
    """Until when it is valid."""
    STATUS = "status"
    """Where it would say that it was withdrawn."""
    STRENGTH = "strength"
    """Something that makes it count for less: see passport.evidence.rules."""
    BASES = "bases"
    """Something else that has to hold: see passport.evidence.chain. Then STRENGTH is withheld as well."""
    DATE = "date"
    """When it was done, where the day of the award would count instead; of an endorsement that day itself."""
    LEVEL = "level"
    """Of which skills a level speaks: without that it speaks of all."""


_END, _STATUS = ("validUntil",), ("credentialStatus",)
_RESULT = ("credentialSubject", "result")
_LOWERS = (("evidence",), ("credentialSubject", "source"), ("credentialSubject", "achievement", "tag"))
"""With all that is in them; of results only the list of them and how each ended."""
_BUILDS_ON = ("relatedResource",)
"""Where an item, or the media type of one, says that something else has to hold."""
_PARENT = ("issuer", "parentOrg")
_DONE = (("credentialSubject", "activityEndDate"), ("credentialSubject", "activityStartDate"))
_AWARDED = ("awardedDate",)
_KIND = ("credentialSubject", "achievement", "achievementType")
_DESCRIPTION = ("credentialSubject", "achievement", "resultDescription")
_OF_TOKEN = ("status",)
"""Where the claims of a token name their status themselves."""


def may_be_withheld(secured: Secured) -> frozenset[Withheld]:
    """What the holder could have left out of a document whose signatures hold."""
    if isinstance(secured.token, JwtDocument):
        return frozenset()
    if isinstance(secured.token, SdJwtDocument):
        return frozenset(_of_token(secured.token.document, secured.token.hidden))
    found = parse_proofs(secured.document, READABLE)
    return frozenset(each for proof in found if proof.suite.selective for each in _of_proof(secured, proof))


def _of_token(document: JsonObject, hidden: frozenset[Place]) -> Iterator[Withheld]:
    def missing(place: Place) -> bool:
        """Nothing is there, and something was left out of what it would stand in."""
        there = next(
            length for length in range(len(place), -1, -1) if value_at(document, place[:length]) is not None
        )
        return there < len(place) and place[:there] in hidden

    def within(place: Place) -> bool:
        return any(each[: len(place)] == place for each in hidden)

    if missing(_END):
        yield Withheld.END
    if missing(_STATUS) or within(_STATUS) or within(_OF_TOKEN):
        yield Withheld.STATUS
    ends = [*_statuses(document), _RESULT]
    inside = (*_LOWERS, _PARENT)
    if missing(_BUILDS_ON) or within(_BUILDS_ON):
        yield from (Withheld.BASES, Withheld.STRENGTH)
    if any(map(missing, (*_LOWERS, _PARENT, *ends))) or any(map(within, inside)) or _RESULT in hidden:
        yield Withheld.STRENGTH
    if all(map(missing, (_AWARDED,) if is_endorsement(document) else _DONE)):
        yield Withheld.DATE
    levels = [place for place in _each(document, _RESULT) if value_at(document, (*place, "achievedLevel"))]
    speaking = [(*place, "alignment") for place in (*levels, *_each(document, _DESCRIPTION))]
    if any(map(missing, speaking)) or any(map(within, speaking)) or _DESCRIPTION in hidden:
        yield Withheld.LEVEL


def _of_proof(secured: Secured, proof: Proof) -> Iterator[Withheld]:
    from passport.proofs.ecdsa_sd.optional import (
        optional_pointers,  # as the suite: PyLD takes a moment to load
    )

    value = proof.suite.decode(proof.proof_value)
    if proof.suite.is_base(value):
        return
    document = {name: member for name, member in secured.document.items() if name != "proof"}
    done = any(value_at(document, place) is not None for place in _DONE)
    results = tuple(_each(document, _RESULT))
    ends = [_all_unless(document, place, "status") for place in results]
    leveled = [place for place in results if value_at(document, (*place, "achievedLevel")) is not None]
    levels = [_all_unless(document, place, "alignment") for place in leveled]
    shown: dict[Withheld, list[Place]] = {
        Withheld.STRENGTH: [*_LOWERS, _BUILDS_ON, _PARENT, _KIND, *ends],
        Withheld.BASES: [_BUILDS_ON],
        Withheld.DATE: [] if done else [_AWARDED],
        Withheld.LEVEL: levels,
    }
    asked: dict[Withheld, list[Place]] = {Withheld.END: [_END], Withheld.STATUS: [_STATUS]}
    for each, places in shown.items():
        asked[each] = [place for place in places if value_at(document, place) is not None]
    pointers = tuple(write_pointer(place) for places in asked.values() for place in places)
    optional = optional_pointers(document, value, pointers, proof.suite.contexts)
    for each, places in asked.items():
        if any(write_pointer(place) in optional for place in places):
            yield each


def _statuses(document: JsonObject) -> Iterator[Place]:
    """Where each result says how it ended."""
    yield from ((*place, "status") for place in _each(document, _RESULT))


def _all_unless(document: JsonObject, place: Place, member: str) -> Place:
    """A member that decides; where it is not there, all that it could be missing from."""
    return place if value_at(document, (*place, member)) is None else (*place, member)


def _each(document: JsonObject, at: Place) -> Iterator[Place]:
    """Where the items of a list are, or the one object that stands there instead."""
    found = value_at(document, at)
    if isinstance(found, list):
        yield from ((*at, str(number)) for number in range(len(found)))
    elif isinstance(found, dict):
        yield at
