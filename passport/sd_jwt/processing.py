"""Putting disclosures in their places (RFC 9901, section 7.1, step 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.errors import JsonTooDeep
from passport.errors.sd_jwt import (
    DisclosedClaimExists,
    DisclosureNotReferenced,
    DuplicateDigest,
    MalformedDisclosure,
    MalformedSdJwt,
    ReservedClaimName,
)
from passport.json import JsonObject
from passport.sd_jwt.disclosure import ALGORITHM, DIGESTS, ELEMENT, Disclosure, digest
from passport.sd_jwt.pointers import Place
from passport.sd_jwt.token import SdJwt


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The claims with everything that is disclosed in its place."""

    claims: JsonObject
    placed: Mapping[Place, Disclosure]
    """Where each disclosure came to stand."""
    hidden: frozenset[Place]
    """Objects and arrays with digests that have no disclosure: something is left out, or they are decoys."""


def processed(sd_jwt: SdJwt) -> JsonObject:
    """The claims with everything that is disclosed in its place; raises as `unfold`."""
    return unfold(sd_jwt).claims


def unfold(sd_jwt: SdJwt) -> Unfolded:
    """Put each disclosure in its place; digests without one are dropped: they may be decoys.

    Raises:
        DuplicateDigest: a digest stands there twice, or a disclosure was sent twice.
        DisclosureNotReferenced: a disclosure whose digest stands nowhere.
        DisclosedClaimExists: its name is taken.
        MalformedDisclosure: a claim where an element must be, or the other way round.
        ReservedClaimName, MalformedSdJwt: `_sd` or `...` in another form than the one that RFC 9901 gives.
        JsonTooDeep: disclosures nest deeper than limits.SD_JWT.depth.
    """
    work = _Unfolding(sd_jwt.disclosures, sd_jwt.digest_algorithm)
    bare = {name: value for name, value in sd_jwt.claims.items() if name != ALGORITHM}
    claims = work.unfold_object(bare, ())
    if len(work.placed) != len(sd_jwt.disclosures):
        raise DisclosureNotReferenced
    return Unfolded(claims, work.placed, frozenset(work.hidden))


class _Unfolding:
    def __init__(self, disclosures: Iterable[Disclosure], algorithm: str) -> None:
        self._known: dict[str, Disclosure] = {}
        for disclosure in disclosures:
            mark = digest(disclosure.text, algorithm)
            if mark in self._known:
                raise DuplicateDigest
            self._known[mark] = disclosure
        self._seen: set[str] = set()
        self.placed: dict[Place, Disclosure] = {}
        self.hidden: set[Place] = set()

    def unfold_object(self, source: JsonObject, at: Place) -> JsonObject:
        if ELEMENT in source:
            raise ReservedClaimName
        made = {name: self._unfold(value, (*at, name)) for name, value in source.items() if name != DIGESTS}
        marks = source.get(DIGESTS, [])
        if not isinstance(marks, list):
            raise MalformedSdJwt
        for mark in marks:
            disclosure = self._take(mark, at)
            if disclosure is None:
                continue
            if disclosure.name is None:
                raise MalformedDisclosure
            if disclosure.name in made:
                raise DisclosedClaimExists
            made[disclosure.name] = self._place(disclosure, (*at, disclosure.name))
        return made

    def _unfold_array(self, source: list[Any], at: Place) -> list[Any]:
        made: list[Any] = []
        for element in source:
            place = (*at, str(len(made)))
            if not isinstance(element, dict) or ELEMENT not in element:
                made.append(self._unfold(element, place))
                continue
            if len(element) > 1:
                raise MalformedSdJwt
            disclosure = self._take(element[ELEMENT], at)
            if disclosure is None:
                continue
            if disclosure.name is not None:
                raise MalformedDisclosure
            made.append(self._place(disclosure, place))
        return made

    def _unfold(self, value: Any, at: Place) -> Any:
        if len(at) > limits.SD_JWT.depth:
            raise JsonTooDeep(limit=limits.SD_JWT.depth)
        if isinstance(value, dict):
            return self.unfold_object(value, at)
        if isinstance(value, list):
            return self._unfold_array(value, at)
        return value

    def _place(self, disclosure: Disclosure, at: Place) -> Any:
        self.placed[at] = disclosure
        return self._unfold(disclosure.value, at)

    def _take(self, mark: Any, at: Place) -> Disclosure | None:
        if not isinstance(mark, str):
            raise MalformedSdJwt
        if mark in self._seen:
            raise DuplicateDigest
        self._seen.add(mark)
        found = self._known.get(mark)
        if found is None:
            self.hidden.add(at)
        return found
