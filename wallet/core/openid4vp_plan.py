"""Which credentials would answer a query, among which the person can choose, and what of each would leave.

The person may choose another credential or another option, keep an optional use at home, and keep a single
claim: that claim counts as absent, so that another combination takes its place or the credential stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from passport.openid4vp.claims_path import Work
from passport.openid4vp.dcql import CredentialQuery, DcqlQuery
from passport.openid4vp.dcql_match import Match, match
from passport.openid4vp.dcql_select import Selection, select_credentials
from passport.openid4vp.limits import RESPONSE
from wallet.core.openid4vp_holdings import HeldEndorsement, Holding

Held = Holding | HeldEndorsement


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose; whatever names nothing that is there is passed over."""

    credentials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By query the wallet's ids of the credentials to show for it."""
    options: Mapping[int, int | None] = field(default_factory=dict)
    """By credential set the option; None for none of it."""
    without: frozenset[tuple[str, int]] = frozenset()
    """Claims to keep: a query and the place of a claim in it."""
    refused: frozenset[str] = frozenset()
    """Of a request that was made from a profile: credentials, skills and parts to keep, as by way B."""


@dataclass(frozen=True, slots=True)
class Found:
    """A credential that a query takes, in the form that shows least."""

    holding: Held
    match: Match


@dataclass(frozen=True, slots=True)
class Planned:
    """One credential query: what would do, and what would leave for it."""

    query: CredentialQuery
    found: tuple[Found, ...]
    chosen: tuple[Found, ...]
    """None where the query is not to be answered."""


@dataclass(frozen=True, slots=True)
class Plan:
    planned: tuple[Planned, ...]
    selection: Selection


def read_choices(
    credentials: Iterable[str] = (),
    options: Iterable[str] = (),
    without: Iterable[str] = (),
    refused: Iterable[str] = (),
) -> Choices:
    """Read what a form says: `<query> <credential>`, `<set> <option>` or `<set> none`, `<query> <claim>`."""
    shown: dict[str, tuple[str, ...]] = {}
    for query, _, record in (each.partition(" ") for each in credentials):
        shown[query] = (*shown.get(query, ()), record)
    taken = {
        int(place): int(option) if _is_number(option) else None
        for place, _, option in (each.partition(" ") for each in options)
        if _is_number(place)
    }
    kept = frozenset(
        (query, int(claim))
        for query, _, claim in (each.partition(" ") for each in without)
        if _is_number(claim)
    )
    return Choices(shown, taken, kept, frozenset(refused))


def plan(query: DcqlQuery, held: Sequence[Held], choices: Choices) -> Plan:
    """Hold the query against what is here.

    Raises:
        DcqlTooMuchWork
    """
    work = Work()
    found = {each.id: _found(each, held, choices.without, work) for each in query.credentials}
    satisfied = [name for name, some in found.items() if some]
    selection = select_credentials(query, satisfied, choices.options)
    planned, left = [], {Holding: RESPONSE.presentations, HeldEndorsement: RESPONSE.endorsements}
    for each in query.credentials:
        chosen = _chosen(each, found[each.id], choices, left) if each.id in selection.queries else ()
        planned.append(Planned(each, found[each.id], chosen))
    return Plan(tuple(planned), selection)


def _found(
    query: CredentialQuery, held: Sequence[Held], without: Collection[tuple[str, int]], work: Work
) -> tuple[Found, ...]:
    """One form of each credential: one of which the rest stays behind, where the verifier takes it."""
    refused = {claim.path for number, claim in enumerate(query.claims) if (query.id, number) in without}
    found: dict[str, Found] = {}
    for holding in held:
        fits = match(query, holding.candidate, work, without=refused)
        if fits is not None and (
            holding.kept.id not in found
            or (holding.shows_parts and not found[holding.kept.id].holding.shows_parts)
        ):
            found[holding.kept.id] = Found(holding, fits)
    return tuple(found.values())


def _chosen(
    query: CredentialQuery, found: Sequence[Found], choices: Choices, left: dict[type, int]
) -> tuple[Found, ...]:
    """The person's choice, else the latest; never more than may be shown, which is taken off `left`."""
    wanted = choices.credentials.get(query.id, ())
    named = [each for each in found if each.holding.kept.id in wanted] or found[:1]
    chosen = []
    for each in named if query.multiple else named[:1]:
        if left[type(each.holding)] > 0:
            left[type(each.holding)] -= 1
            chosen.append(each)
    return tuple(chosen)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 4  # noqa: PLR2004  # no place is larger
