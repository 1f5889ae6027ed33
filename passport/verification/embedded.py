"""Endorsements inside a credential: of itself, its achievement, and the profiles in it.

Open Badges 3.0: `endorsement` and `endorsementJwt` of an AchievementCredential (B.1.4), an Achievement
(B.1.1) and a Profile (B.1.19). The signature of what holds them says nothing about them: each is verified by
itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.json import JsonObject
from passport.status import StatusLists
from passport.verification.context import Context
from passport.verification.endorsement import EndorsementReport, verify_endorsement_with
from passport.verification.verified import VerifiedEndorsement

_IN_CREDENTIAL = ("issuer", "credentialSubject")
_IN_SUBJECT = ("achievement", "source")
_IN_OTHERS = ("creator", "parentOrg")


@dataclass(frozen=True, slots=True)
class Embedded:
    """A report for each that was looked at, and how many others there are."""

    reports: tuple[EndorsementReport, ...]
    beyond: int

    @property
    def genuine(self) -> tuple[VerifiedEndorsement, ...]:
        return tuple(each.endorsement for each in self.reports if each.endorsement is not None)

    @property
    def refused(self) -> int:
        """Those that are not genuine, or were not looked at."""
        return self.beyond + sum(report.endorsement is None for report in self.reports)


NOTHING = Embedded((), 0)


def verify_embedded(
    document: JsonObject, context: Context, lists: StatusLists, most: int = limits.CHAIN.embedded
) -> Embedded:
    """Verify the endorsements inside a credential, and those inside these, `most` and two levels at most."""
    todo = [(each, 1) for each in _inside(document)]
    if not todo:
        return NOTHING
    reports: list[EndorsementReport] = []
    beyond = 0
    while todo:
        source, depth = todo.pop(0)
        if len(reports) == most or depth > limits.CHAIN.embedded_depth:
            beyond += 1
            continue
        report = verify_endorsement_with(_source(source), context, lists)
        reports.append(report)
        if report.endorsement is not None:
            todo += [(each, depth + 1) for each in _inside(report.endorsement.endorsement.document)]
    return Embedded(tuple(reports), beyond)


def _source(value: Any) -> bytes | JsonObject:
    """A token as text, a document as it is; what is neither is read as no JSON."""
    if isinstance(value, dict):
        return value
    return value.encode("utf-8", "replace") if isinstance(value, str) else b""


def _inside(document: JsonObject) -> Iterator[Any]:
    """Every endorsement of a credential and of what stands in it, as it came."""
    todo: list[Any] = [document]
    todo += [document.get(member) for member in _IN_CREDENTIAL]
    todo += [_member(document.get("credentialSubject"), member) for member in _IN_SUBJECT]
    for place in todo:
        if isinstance(place, dict):
            todo += [place[member] for member in _IN_OTHERS if member in place]
            yield from _listed(place.get("endorsement"))
            yield from _listed(place.get("endorsementJwt"))


def _member(value: Any, member: str) -> Any:
    return value.get(member) if isinstance(value, dict) else None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
