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
from passport.json import dump
from passport.trust import TrustStore
from passport.verification import VerifiedCredential
from wallet.core.claims import Claim, claims_of
from wallet.core.disclose import Disclosed, disclose
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
    """One credential that would leave: everything that stands in `disclosed` can be read by the asker."""

    disclosed: Disclosed
    claims: tuple[Claim, ...]
    shown: tuple[str, ...]
    """Labels of the skills that leave."""
    hidden: tuple[str, ...]
    """Labels of skills of it that stay behind."""
    beyond: tuple[str, ...]
    """Labels of skills that leave though they were not asked for: no form can leave them out."""
    cost: tuple[RefusalCost, ...]
    """What refusing this one credential costs."""

    @property
    def kept(self) -> Kept:
        return self.disclosed.kept


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
        leaving = sorted((one.kept.id, _digest(dump(one.disclosed.document))) for one in self.leaving)
        return _digest(json.dumps([self.id, self.asker.did, leaving]).encode("utf-8"))


def consent(
    wallet: Wallet, found: OpenRequest, taxonomy: Taxonomy, *, refused: Collection[str] = ()
) -> Consent:
    """What the person is asked to agree to.

    `refused` names credentials by the wallet's ids, and skills by their identifiers: a refused skill stays
    hidden, and where a credential can't be shown without it, that credential stays at home.
    """
    shelf, trusted = kept(wallet), trust(wallet)
    request = found.request
    demands = [demand for demand in request.profile.demands if demand.skill not in refused]
    parts = _parts(wallet, shelf, demands)
    willing = [one for one in shelf if not _refuses(one, parts.get(one.id), refused)]
    small = frozenset(identifier for identifier, part in parts.items() if _stays_small(part, demands))
    look = _Look(wallet, trusted, small)
    disclosed = look.smallest(demands, willing)
    everything = look.smallest(request.profile.demands, shelf)
    by_source = {one.verified.credential.source: one for one in shelf if one.verified is not None}
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
            _leaving(parts[one.id], demands, look.cost_of(one, demands, willing)) for one in chosen
        ),
        hidden=tuple(one for one in shelf if one not in chosen),
        unmet=disclosed.unmet,
        beyond_occupation=_beyond_occupation(found, taxonomy),
        refused=tuple(sorted(refused)),
        cost=_difference(everything.results, disclosed.results),
        exact=disclosed.exact,
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """The same wallet looked at with some credentials or others."""

    wallet: Wallet
    trusted: TrustStore
    divisible: frozenset[str]
    """The wallet's ids of credentials that show no skill beyond those that are asked for."""

    def smallest(self, demands: Sequence[Demand], shelf: Sequence[Kept]) -> Disclosure:
        return smallest(
            demands,
            genuine(tuple(shelf)),
            trust=self.trusted,
            now=self.wallet.now(),
            files=files(self.wallet),
            holder=self.wallet.did,
            divisible={
                one.verified.credential.id
                for one in shelf
                if one.verified is not None and one.id in self.divisible
            },
        )

    def cost_of(
        self, one: Kept, demands: Sequence[Demand], willing: Sequence[Kept]
    ) -> tuple[RefusalCost, ...]:
        """What gets worse when this one credential stays at home and the others may stand in for it."""
        others = [other for other in willing if other is not one]
        with_it, without = self.smallest(demands, willing), self.smallest(demands, others)
        return _difference(with_it.results, without.results)


def _parts(wallet: Wallet, shelf: Sequence[Kept], demands: Sequence[Demand]) -> dict[str, Disclosed]:
    """Each genuine credential that names a demanded skill, with those skills alone where that can be."""
    asked = {demand.skill for demand in demands}
    return {
        one.id: disclose(wallet, one, asked)
        for one in shelf
        if one.verified is not None and not asked.isdisjoint(_skills(one.verified))
    }


def _stays_small(part: Disclosed, demands: Sequence[Demand]) -> bool:
    return {each.target_url for each in part.shown} <= {each.skill for each in demands}


def _refuses(one: Kept, part: Disclosed | None, refused: Collection[str]) -> bool:
    named = _skills(one.verified) if part is None else [each.target_url for each in part.shown]
    return one.id in refused or any(skill in refused for skill in named)


def _skills(verified: VerifiedCredential | None) -> list[str]:
    if verified is None:
        return []
    return [alignment.target_url for alignment in verified.credential.subject.achievement.alignments]


def _leaving(part: Disclosed, demands: Sequence[Demand], cost: tuple[RefusalCost, ...]) -> Leaving:
    asked = {demand.skill for demand in demands}
    return Leaving(
        disclosed=part,
        claims=claims_of(part.report),
        shown=tuple(each.target_name for each in part.shown),
        hidden=tuple(each.target_name for each in part.hidden),
        beyond=tuple(each.target_name for each in part.shown if each.target_url not in asked),
        cost=cost,
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
