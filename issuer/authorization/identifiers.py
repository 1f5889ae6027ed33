"""Credential identifiers: one offer in one form (OpenID4VCI 1.0, sections 6.2 and 8.2)."""

from collections.abc import Iterable, Sequence

from issuer.issuance.forms import FORMS, configuration_ids
from issuer.offers.records import Offer
from passport.oauth.authorization_details import AuthorizationDetail


def credential_identifier(configuration: str, offer_id: str) -> str:
    return f"{configuration}:{offer_id}"


def read_credential_identifier(identifier: str) -> tuple[str, str]:
    """The configuration and the offer that it names; whether there are any is for the caller to see."""
    configuration, _, offer_id = identifier.rpartition(":")
    return configuration, offer_id


def granted_details(
    configurations: Iterable[str], offers: Sequence[Offer]
) -> tuple[AuthorizationDetail, ...]:
    """For each configuration what may be fetched with it; those without an offer are left out."""
    found = []
    for configuration in configurations:
        identifiers = tuple(
            credential_identifier(configuration, offer.id)
            for offer in offers
            if configuration in configuration_ids(offer.achievement)
        )
        if identifiers:
            found.append(AuthorizationDetail(configuration, identifiers))
    return tuple(found)


def achievement_of(configuration: str) -> str:
    """The achievement that a configuration is of, if it is any."""
    for form in FORMS:
        achievement = configuration.removesuffix(f"_{form}")
        if achievement != configuration:
            return achievement
    return configuration
