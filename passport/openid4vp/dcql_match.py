"""Which credentials a credential query takes, and which of their claims it asks (sections 6.1 to 6.4)."""

from collections.abc import Collection
from dataclasses import dataclass, field

from passport.json import JsonObject
from passport.openid4vp.claims_path import Work, select_claims
from passport.openid4vp.dcql import (
    AUTHORITY_KEY_IDENTIFIER,
    ClaimsPath,
    ClaimsQuery,
    ClaimValue,
    CredentialQuery,
)
from passport.sd_jwt.pointers import Place

LDP_VC, JWT_VC, VC_SD_JWT, DC_SD_JWT = "ldp_vc", "jwt_vc_json", "vc+sd-jwt", "dc+sd-jwt"
FORMATS = (LDP_VC, JWT_VC, VC_SD_JWT, DC_SD_JWT)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A credential in one form, as a query is held against it. Nothing here says that it is genuine."""

    id: str
    format: str
    claims: JsonObject = field(repr=False)
    """The credential from its root; of an SD-JWT with every disclosure in its place."""
    types: frozenset[str] = frozenset()
    """Of a W3C credential: as written, and as the contexts expand them."""
    vct: str | None = None
    authority_keys: frozenset[str] = frozenset()
    """Authority key identifiers of the certificates that it came with, in base64url."""
    holder_bound: bool = True
    """Whether it can be shown with a proof that the holder has its key."""


@dataclass(frozen=True, slots=True)
class Match:
    """A credential that a query takes, and what of it is asked."""

    query: CredentialQuery
    candidate: Candidate
    claims: tuple[ClaimsQuery, ...]
    """All claims, or the best liked combination that is there."""
    places: tuple[Place, ...]
    """Where the asked claims stand in the credential."""


def match(
    query: CredentialQuery, candidate: Candidate, work: Work, *, without: Collection[ClaimsPath] = ()
) -> Match | None:
    """Hold a query against a credential; None where the credential must not be returned for it.

    Args:
        query: what is asked.
        candidate: the credential.
        work: what may still be looked at for this request.
        without: paths that are taken for absent: the person won't show them.

    Raises:
        DcqlTooMuchWork
    """
    if not _is_of_the_kind(query, candidate):
        return None
    if query.require_cryptographic_holder_binding and not candidate.holder_bound:
        return None
    found = {
        number: _places(claim, candidate, work)
        for number, claim in enumerate(query.claims)
        if claim.path not in without
    }
    there = {number for number, places in found.items() if places}
    for numbers in _combinations(query):
        if there.issuperset(numbers):
            return Match(
                query,
                candidate,
                tuple(query.claims[number] for number in numbers),
                tuple(dict.fromkeys(place for number in numbers for place in found[number])),
            )
    return None


def _is_of_the_kind(query: CredentialQuery, candidate: Candidate) -> bool:
    if candidate.format != query.format and not _under_its_old_name(query, candidate):
        return False
    if query.vct_values and candidate.vct not in query.vct_values:
        return False
    if query.type_values and not any(candidate.types.issuperset(each) for each in query.type_values):
        return False
    return not query.trusted_authorities or any(
        authority.type == AUTHORITY_KEY_IDENTIFIER
        and not candidate.authority_keys.isdisjoint(authority.values)
        for authority in query.trusted_authorities
    )


def _under_its_old_name(query: CredentialQuery, candidate: Candidate) -> bool:
    """Earlier drafts of SD-JWT VC called dc+sd-jwt so; who asks for that names a `vct`."""
    return query.format == VC_SD_JWT and candidate.format == DC_SD_JWT and bool(query.vct_values)


def _combinations(query: CredentialQuery) -> list[tuple[int, ...]]:
    """The combinations of claims that will do, as places in `claims`, the best liked first."""
    if not query.claim_sets:
        return [tuple(range(len(query.claims)))]
    numbers = {claim.id: number for number, claim in enumerate(query.claims)}
    return [tuple(numbers[name] for name in names) for names in query.claim_sets]


def _places(claim: ClaimsQuery, candidate: Candidate, work: Work) -> list[Place]:
    selected = select_claims(candidate.claims, claim.path, work)
    if not claim.values:
        return [each.place for each in selected]
    work.spend(len(selected) * len(claim.values))
    return [each.place for each in selected if any(_same(each.value, value) for value in claim.values)]


def _same(found: object, asked: ClaimValue) -> bool:
    """Type and value both (section 6.3): true is not 1, and 1.0 is not 1."""
    return type(found) is type(asked) and found == asked
