"""A request by OpenID4VP that was made from a function profile: what leaves is chosen as by way B.

The query can't say how strong a proof must be, or which claims that takes; the profile can. So the smallest
set of credentials that meets the demands is shown, of each what the demands need, and each stands under every
query that takes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from passport.answers import Reason
from passport.evidence.disclosure import RefusalCost
from passport.evidence.policy import DemandResult
from passport.evidence.profile import FunctionProfile
from passport.openid4vp.claims_path import Work
from passport.openid4vp.dcql import CredentialQuery, CredentialSetQuery, DcqlQuery
from passport.openid4vp.dcql_match import match
from passport.openid4vp.dcql_select import Selection, select_credentials
from passport.openid4vp.limits import RESPONSE
from wallet.core.choosing import Chosen, choose
from wallet.core.consent import refusals_of
from wallet.core.disclose import Disclosed
from wallet.core.openid4vp_holdings import Holding, candidate_of
from wallet.core.openid4vp_plan import Choices
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
    demands: tuple[AskedDemand, ...]
    cost: tuple[RefusalCost, ...]


def plan_by_profile(
    wallet: Wallet, query: DcqlQuery, profile: FunctionProfile, held: Sequence[Holding], choices: Choices
) -> ProfilePlan:
    """Choose by the demands, and lay what is chosen under the queries.

    What no query takes, or in a form that the verifier can't check, does not leave.

    Raises:
        DcqlTooMuchWork
    """
    chosen = choose(wallet, profile.demands, refusals_of(kept(wallet), wallet, choices.refused))
    work, taken = Work(), {(each.kept.id, each.form.name) for each in held}
    shown = [part for _, part in chosen.credentials if (part.kept.id, part.form) in taken]
    matching = {each.id: _matching(each, shown, work) for each in query.credentials}
    wanted = {
        place: next(
            (number for number, option in enumerate(each.options) if all(map(matching.get, option))), None
        )
        for place, each in enumerate(query.credential_sets)
    }
    selection = select_credentials(
        query, [name for name, some in matching.items() if some], {**wanted, **choices.options}
    )
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
        demands=tuple(
            AskedDemand(result, raising, result.demand.skill in choices.refused)
            for result, raising in zip(found.results, found.raise_by, strict=True)
        ),
        cost=found.cost,
    )


def _first_met(one: CredentialSetQuery, matching: Mapping[str, Sequence[Disclosed]]) -> int | None:
    """What is optional in the query is a demand here that the person saw, and may refuse."""
    met = (number for number, option in enumerate(one.options) if all(matching[name] for name in option))
    return next(met, None)


def _matching(query: CredentialQuery, shown: Sequence[Disclosed], work: Work) -> tuple[Disclosed, ...]:
    found = [each for each in shown if match(query, candidate_of(each), work) is not None]
    return tuple(found if query.multiple else found[:1])
