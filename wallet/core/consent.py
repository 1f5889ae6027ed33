"""Consent: who asks, what for, exactly what would leave, what stays, and what refusing costs.

Nothing here signs or sends. What the person agreed to is named by a mark; answering computes everything anew
and stops when the mark differs.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from matching.taxonomy.compact import Taxonomy
from matching.taxonomy.model import Grade
from passport.answers import Answer, Reason
from passport.evidence.demand import Demand, Purpose
from passport.evidence.disclosure import Disclosure, RefusalCost, smallest
from passport.evidence.policy import DemandResult
from passport.trust import TrustStore
from passport.verification import VerifiedCredential
from wallet.core.claims import Claim, claims_of
from wallet.core.plain_text import plain_name
from wallet.core.requests import OpenRequest
from wallet.core.shelf import Kept, files, genuine, kept, trust
from wallet.core.wallet import Wallet


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `host` and `did` are proved by the signature; `claimed_name` is what it calls itself."""

    did: str
    host: str | None
    claimed_name: str
    known_as: str | None
    """The name on a trust list that the person uses."""
    recognised_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """One credential that would leave, whole: everything that stands in it can be read by the asker."""

    kept: Kept
    claims: tuple[Claim, ...]
    beyond: tuple[str, ...]
    """Labels of skills in it that were not asked for."""
    cost: tuple[RefusalCost, ...]
    """What refusing this one credential costs."""


@dataclass(frozen=True, slots=True)
class Consent:
    id: str
    asker: Asker
    purpose: Purpose
    profile_name: Mapping[str, str]
    publisher: str
    publisher_name: str
    valid_until: datetime
    answer_goes_to: str | None
    """The host that the answer is sent to; None where it is only shown as QR codes."""
    results: tuple[DemandResult, ...]
    leaving: tuple[Leaving, ...]
    hidden: tuple[Kept, ...]
    unmet: tuple[DemandResult, ...]
    beyond_occupation: tuple[Reason, ...]
    """Demands that do not belong to the occupation that the profile names: over-asking."""
    refused: tuple[str, ...]
    cost: tuple[RefusalCost, ...]
    """What the refusals so far cost."""
    exact: bool

    @property
    def mark(self) -> str:
        """Names exactly what would leave, to whom."""
        parts = [self.id, self.asker.did, sorted(one.kept.id for one in self.leaving)]
        return hashlib.sha256(json.dumps(parts).encode("utf-8")).hexdigest()


def consent(
    wallet: Wallet, found: OpenRequest, taxonomy: Taxonomy, *, refused: Collection[str] = ()
) -> Consent:
    """What the person is asked to agree to.

    `refused` names credentials by the wallet's ids, and skills by their identifiers: a refused skill keeps
    every credential that names it at home.
    """
    shelf, trusted = kept(wallet), trust(wallet)
    request = found.request
    willing = tuple(one for one in shelf if not _refuses(one, refused))
    demands = [demand for demand in request.profile.demands if demand.skill not in refused]
    disclosed = _smallest(wallet, demands, willing, trusted)
    everything = _smallest(wallet, request.profile.demands, shelf, trusted)
    by_source = {one.source: one for one in shelf}
    chosen = [by_source[verified.credential.source] for verified in disclosed.chosen]
    return Consent(
        id=found.id,
        asker=_asker(found, trusted, wallet.now()),
        purpose=request.purpose,
        profile_name={language: plain_name(name) for language, name in request.profile.name.items()},
        publisher=request.profile.publisher,
        publisher_name=plain_name(request.profile.publisher_name),
        valid_until=request.valid_until,
        answer_goes_to=None
        if request.response_uri is None
        else urlsplit(request.response_uri).netloc.lower(),
        results=disclosed.results,
        leaving=tuple(
            Leaving(
                one,
                claims_of(one.report),
                _beyond(one, demands),
                _cost_of(wallet, one, demands, willing, trusted),
            )
            for one in chosen
        ),
        hidden=tuple(one for one in shelf if one not in chosen),
        unmet=disclosed.unmet,
        beyond_occupation=_beyond_occupation(found, taxonomy),
        refused=tuple(sorted(refused)),
        cost=_difference(everything.results, disclosed.results),
        exact=disclosed.exact,
    )


def _smallest(
    wallet: Wallet, demands: Sequence[Demand], shelf: Sequence[Kept], trusted: TrustStore
) -> Disclosure:
    return smallest(
        demands,
        genuine(tuple(shelf)),
        trust=trusted,
        now=wallet.now(),
        files=files(wallet),
        holder=wallet.did,
    )


def _refuses(one: Kept, refused: Collection[str]) -> bool:
    return one.id in refused or any(skill in refused for skill in _skills(one.verified))


def _skills(verified: VerifiedCredential | None) -> list[str]:
    if verified is None:
        return []
    return [alignment.target_url for alignment in verified.credential.subject.achievement.alignments]


def _beyond(one: Kept, demands: Sequence[Demand]) -> tuple[str, ...]:
    asked = {demand.skill for demand in demands}
    parsed = one.report.parsed
    alignments = () if parsed is None else parsed.subject.achievement.alignments
    return tuple(each.target_name for each in alignments if each.target_url not in asked)


def _cost_of(
    wallet: Wallet, one: Kept, demands: Sequence[Demand], willing: Sequence[Kept], trusted: TrustStore
) -> tuple[RefusalCost, ...]:
    """What gets worse when this one credential stays at home and the others may stand in for it."""
    others = [other for other in willing if other is not one]
    with_it = _smallest(wallet, demands, willing, trusted)
    return _difference(with_it.results, _smallest(wallet, demands, others, trusted).results)


_WORTH = {Answer.NO: 0, Answer.CANNOT_TELL: 1, Answer.YES: 2}


def _difference(before: Sequence[DemandResult], after: Sequence[DemandResult]) -> tuple[RefusalCost, ...]:
    left = {result.demand.skill: result.answer for result in after}
    worse = []
    for result in before:
        answer = left.get(result.demand.skill)
        if _WORTH[result.answer] > (0 if answer is None else _WORTH[answer]):
            reason = Reason("policy.refusal_costs", {"skill": result.demand.label})
            worse.append(RefusalCost(result.demand, result.answer, answer or Answer.NO, reason))
    return tuple(worse)


def _asker(found: OpenRequest, trusted: TrustStore, now: datetime) -> Asker:
    request = found.request
    recognitions = trusted.recognitions(request.verifier, now)
    return Asker(
        did=request.verifier,
        host=found.host,
        claimed_name=plain_name(request.verifier_name),
        known_as=recognitions[0].entry.name if recognitions else None,
        recognised_as=tuple(sorted({str(one.recognition) for one in recognitions})),
    )


def _beyond_occupation(found: OpenRequest, taxonomy: Taxonomy) -> tuple[Reason, ...]:
    profile = found.request.profile
    if profile.occupation is None or profile.occupation not in taxonomy.occupations:
        return ()
    needed = {skill for grade in Grade for skill in taxonomy.skills_of(profile.occupation, grade)}
    return tuple(
        Reason("consent.beyond_occupation", {"skill": plain_name(demand.label)})
        for demand in profile.demands
        if demand.skill not in needed
    )
