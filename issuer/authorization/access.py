"""The one way in which an endpoint takes an access token: for credentials, notifications, files, badges."""

import hmac
from dataclasses import dataclass

from fastapi import Request

from issuer.authorization.grants import AccessGrant, digest, grant_of_token
from issuer.authorization.identifiers import read_credential_identifier
from issuer.authorization.policy import policy_of
from issuer.authorization.proofs import dpop_proof
from issuer.issuance.forms import configuration_ids
from issuer.offers.records import HANDED_OVER, Offer, OfferState
from issuer.service import Service
from passport.errors.oauth import InvalidAccessToken, InvalidDPoPProof
from passport.errors.openid4vc import UnknownCredentialConfiguration, UnknownCredentialIdentifier
from passport.oauth.authorization_header import parse_authorization_header
from passport.oauth.token_response import TokenType

_TAKEN = {OfferState.REDEEMED, *HANDED_OVER}


@dataclass(frozen=True, slots=True)
class Access:
    """What an access token that holds opens."""

    grant: str
    offers: tuple[Offer, ...]
    """Those that are its own still: one that was handed over again to somebody else is not."""
    scope: tuple[str, ...]
    learner: bytes | None
    """The digest of the mailbox that its learner proved, where they did."""
    client_id: str | None
    jkt: str | None
    """The key that it is bound to, which the request proved."""

    def offer_of(
        self, *, configuration: str | None = None, identifier: str | None = None
    ) -> tuple[Offer, str]:
        """The offer that a credential request means, and the configuration (OpenID4VCI 1.0, section 8.2).

        Raises:
            UnknownCredentialConfiguration: of none of the offers; or of several, which only an identifier
                tells apart.
            UnknownCredentialIdentifier: it names nothing that the token stands for.
        """
        if identifier is not None:
            named, offer_id = read_credential_identifier(identifier)
            for offer in self.offers:
                if offer.id == offer_id and named in configuration_ids(offer.achievement):
                    return offer, named
            raise UnknownCredentialIdentifier
        fitting = [offer for offer in self.offers if configuration in configuration_ids(offer.achievement)]
        if len(fitting) != 1 or configuration is None:
            raise UnknownCredentialConfiguration
        return fitting[0], configuration


async def authorized(service: Service, slug: str, request: Request) -> Access:
    """Check a request's access token, and the proof of the key that it is bound to.

    1. a token in the header; 2. of a grant of this organisation that did not end; 3. the grant's one good
    token, not too old, and of the type that it was given as; 4. for a bound token a DPoP proof by its key, of
    this request and this token; 5. what is left of its offers.

    Raises:
        InvalidAccessToken, InvalidDPoPProof, UseDPoPNonce
    """
    shown = parse_authorization_header(request.headers.get("authorization"))
    grant = await AccessGrant.get(grant_of_token(shown.access_token))
    if grant is None or grant.organisation != slug or grant.ended_at is not None:
        raise InvalidAccessToken
    if not hmac.compare_digest(grant.token, digest(shown.access_token)):
        raise InvalidAccessToken
    if grant.token_until <= service.clock():
        raise InvalidAccessToken
    if (shown.token_type is TokenType.DPOP) != (grant.jkt is not None):
        raise InvalidAccessToken
    if grant.jkt is not None:
        policy = await policy_of(slug)
        proof = await dpop_proof(service, policy, request, access_token=shown.access_token, at="resource")
        if proof is None or not hmac.compare_digest(proof.jkt, grant.jkt):
            raise InvalidDPoPProof(at="resource")
    offers = await _offers(grant)
    if grant.offers and not offers:
        raise InvalidAccessToken
    return Access(
        grant.id,
        offers,
        tuple(grant.scope),
        grant.learner,
        grant.client_id,
        grant.jkt,
    )


async def _offers(grant: AccessGrant) -> tuple[Offer, ...]:
    found = await Offer.among(grant.offers)
    return tuple(
        offer
        for offer in found.values()
        if offer.organisation == grant.organisation
        and offer.state in _TAKEN
        and offer.token_digest == grant.binding
    )
