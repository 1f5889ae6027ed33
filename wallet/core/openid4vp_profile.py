"""A request by OpenID4VP that was made from a function profile: what leaves is chosen as by way B.

The query can't say how strong a proof must be, or which claims that takes; the profile can. So the smallest
set of credentials that meets the demands is shown, of each what the demands need, and each stands under every
query that takes it. What confirms them stands under the one query for that; where nothing asks for it, it
stays, and nothing is promised with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from passport.answers import Reason
from passport.evidence.disclosure import RefusalCost
from passport.evidence.policy import DemandResult
from passport.evidence.profile import FunctionProfile
from passport.openid4vp.claims_path import Work
from passport.openid4vp.dcql import CredentialQuery, DcqlQuery
from passport.openid4vp.dcql_match import Candidate, match
from passport.openid4vp.dcql_select import Selection, select_credentials
from passport.openid4vp.limits import RESPONSE
from wallet.core.choosing import Chosen, choose
from wallet.core.consent import LeavingEndorsement, confirming, refusals_of
from wallet.core.disclose import Disclosed
from wallet.core.endorsements import KeptEndorsement
from wallet.core.openid4vp_holdings import HeldEndorsement, Holding, candidate_of
from wallet.core.openid4vp_plan import Choices, Held
from wallet.core.shelf import kept
from wallet.core.wallet import Wallet


@dataclass(frozen=True, slots=True)
class AskedDemand:
    """One demand of the profile, and what the asker would find for it."""

    result: DemandResult
    raise_by: tuple[Reason, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class ProfilePlan:
    """What would leave, by query, and what that gives."""

    chosen: Chosen
    selection: Selection
    by_query: dict[str, tuple[Disclosed, ...]]
    confirming: dict[str, tuple[LeavingEndorsement, ...]]
    demands: tuple[AskedDemand, ...]
    cost: tuple[RefusalCost, ...]


def plan_by_profile(
    wallet: Wallet, query: DcqlQuery, profile: FunctionProfile, held: Sequence[Held], choices: Choices
) -> ProfilePlan:
    """Choose by the demands, and lay what is chosen under the queries.

    What no query takes, or in a form that the verifier can't check, does not leave.

    Raises:
        DcqlTooMuchWork
    """
    work, takeable = Work(), held
    while True:
        made = _plan(wallet, query, profile, takeable, choices, work=work)
        laid = {one.kept.id for some in made.confirming.values() for one in some}
        left_over = {one.id for _, one in made.chosen.endorsements} - laid
        if not left_over or not made.selection.can_be_answered:
            return made
        takeable = [one for one in takeable if one.kept.id not in left_over]


def _plan(
    wallet: Wallet,
    query: DcqlQuery,
    profile: FunctionProfile,
    held: Sequence[Held],
    choices: Choices,
    *,
    work: Work,
) -> ProfilePlan:
    refusals = refusals_of(kept(wallet), wallet, choices.refused)
    confirm = [one for one in held if isinstance(one, HeldEndorsement)]
    chosen = choose(wallet, profile.demands, refusals, [one.kept for one in confirm])
    taken = {(each.kept.id, each.form.name) for each in held if isinstance(each, Holding)}
    shown = [part for _, part in chosen.credentials if (part.kept.id, part.form) in taken]
    names = {one.id for _, one in chosen.endorsements}
    beside = [one for one in confirm if one.kept.id in names]
    shown_as = [(part, candidate_of(wallet, part)) for part in shown]
    matching = {each.id: _matching(each, shown_as, work) for each in query.credentials}
    confirmed = {each.id: _confirmed(each, beside, work) for each in query.credentials}
    satisfied = {name for name in matching if matching[name] or confirmed[name]}
    wanted = {
        place: next(
            (number for number, option in enumerate(each.options) if satisfied.issuperset(option)), None
        )
        for place, each in enumerate(query.credential_sets)
    }
    selection = select_credentials(query, satisfied, {**wanted, **choices.options})
    by_query: dict[str, tuple[Disclosed, ...]] = {}
    left = RESPONSE.presentations
    for name in selection.queries:
        by_query[name] = matching[name][: max(0, left)]
        left -= len(by_query[name])
    found = chosen.disclosure
    return ProfilePlan(
        chosen=chosen,
        selection=selection,
        by_query=by_query,
        confirming=_laid(selection, confirmed, chosen),
        demands=tuple(
            AskedDemand(result, raising, result.demand.skill in choices.refused)
            for result, raising in zip(found.results, found.raise_by, strict=True)
        ),
        cost=found.cost,
    )


def _laid(
    selection: Selection, confirmed: dict[str, tuple[KeptEndorsement, ...]], chosen: Chosen
) -> dict[str, tuple[LeavingEndorsement, ...]]:
    """Each under the first query that takes it, no more than may be shown."""
    waiting = {one.kept.id: one for one in confirming(chosen)[: RESPONSE.endorsements]}
    return {
        name: tuple(waiting.pop(one.id) for one in confirmed[name] if one.id in waiting)
        for name in selection.queries
    }


def _matching(
    query: CredentialQuery, shown: Sequence[tuple[Disclosed, Candidate]], work: Work
) -> tuple[Disclosed, ...]:
    found = [each for each, candidate in shown if match(query, candidate, work) is not None]
    return tuple(found if query.multiple else found[:1])


def _confirmed(
    query: CredentialQuery, beside: Sequence[HeldEndorsement], work: Work
) -> tuple[KeptEndorsement, ...]:
    found = [each.kept for each in beside if match(query, each.candidate, work) is not None]
    return tuple(found if query.multiple else found[:1])
