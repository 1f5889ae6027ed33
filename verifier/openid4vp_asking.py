"""How a request over OpenID4VP is made: who says that it asks, in which formats, encrypted or not.

`open` takes every form that we verify. `haip` is the High Assurance Interoperability Profile 1.0: a
certificate says who asks, only dc+sd-jwt with ES256, and answers are encrypted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from passport.credentials.form import Form
from passport.evidence.profile import FunctionProfile
from passport.json import JsonObject
from passport.keys import PublicKey
from passport.openid4vp.client_metadata import FORMATS, build_client_metadata
from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.endorsement_query import asks_for_endorsements
from passport.openid4vp.from_profile import ALL_FORMS, query_of_profile
from passport.openid4vp.request_build import (
    DIRECT_POST_JWT,
    SCHEME,
    Asking,
    did_client,
    redirect_uri_client,
    reference_link,
    value_link,
    x509_hash_client,
    x509_san_dns_client,
)
from verifier.certificate import Certificate
from verifier.errors import HolderBindingWaived, NoCertificate, NotOfThisProfile
from verifier.records import Employer

_KID = "answer"
_HAIP_ALGORITHMS = frozenset({"ES256"})


class Prefix(StrEnum):
    """Client identifier prefixes that we ask with (OpenID4VP 1.0, section 5.9.3)."""

    DID = "decentralized_identifier"
    X509_HASH = "x509_hash"
    X509_SAN_DNS = "x509_san_dns"
    REDIRECT_URI = "redirect_uri"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, and is possible here."""

    prefix: Prefix
    response_mode: str
    query: DcqlQuery
    certificate: Certificate | None
    haip: bool
    of_profile: bool


def choose(
    profile: FunctionProfile,
    *,
    haip: bool,
    certificate: Certificate | None,
    prefix: Prefix | None = None,
    response_mode: str = DIRECT_POST_JWT,
    query: DcqlQuery | None = None,
) -> Chosen:
    """How to ask for a profile.

    Args:
        profile: what the policy decides over, and what is asked where no query is given.
        haip: whether only that profile is spoken here.
        certificate: the service's own, if it has one.
        prefix: None for the one that is usual here.
        response_mode: direct_post.jwt, or direct_post.
        query: what to ask instead of the profile's skills.

    Raises:
        NoCertificate, NotOfThisProfile, HolderBindingWaived
    """
    prefix = prefix or (Prefix.X509_HASH if haip else Prefix.DID)
    certified = prefix in {Prefix.X509_HASH, Prefix.X509_SAN_DNS}
    if certified and certificate is None:
        raise NoCertificate
    if haip and not (certified and response_mode == DIRECT_POST_JWT):
        raise NotOfThisProfile
    forms: Sequence[Form] = (Form.DC_SD_JWT,) if haip else ALL_FORMS
    asked = query or query_of_profile(profile, forms=forms)
    if any(
        not each.require_cryptographic_holder_binding and not asks_for_endorsements(each)
        for each in asked.credentials
    ):
        raise HolderBindingWaived
    if haip and any(each.format != Form.DC_SD_JWT for each in asked.credentials):
        raise NotOfThisProfile
    return Chosen(prefix, response_mode, asked, certificate if certified else None, haip, query is None)


def asking_of(
    chosen: Chosen,
    employer: Employer,
    *,
    response_uri: str,
    nonce: str,
    state: str,
    encryption_key: PublicKey | None,
) -> Asking:
    """The request itself, unsigned."""
    formats = tuple(dict.fromkeys(each.format for each in chosen.query.credentials if each.format in FORMATS))
    return Asking(
        client_id=_client_id(chosen, employer, response_uri),
        response_uri=response_uri,
        response_mode=chosen.response_mode,
        nonce=nonce,
        state=state,
        query=chosen.query,
        client_metadata=build_client_metadata(
            client_name=employer.name,
            formats=formats or tuple(FORMATS),
            algorithms=_HAIP_ALGORITHMS if chosen.haip else None,
            encryption_key=encryption_key,
            kid=_KID,
        ),
    )


def enc_values(client_metadata: JsonObject) -> tuple[str, ...]:
    return tuple(client_metadata["encrypted_response_enc_values_supported"])


def prefix_of(client_id: str) -> Prefix:
    return Prefix(client_id.partition(":")[0])


def link_of(asking: Asking, request_uri: str, *, scheme: str = SCHEME) -> str:
    """What a link or one QR code says: where the request is; of one that nobody signs, all of it."""
    if prefix_of(asking.client_id) is Prefix.REDIRECT_URI:
        return value_link(asking, scheme=scheme)
    return reference_link(asking.client_id, request_uri, post=True, scheme=scheme)


def _client_id(chosen: Chosen, employer: Employer, response_uri: str) -> str:
    if chosen.prefix is Prefix.DID:
        return did_client(employer.did)
    if chosen.prefix is Prefix.REDIRECT_URI or chosen.certificate is None:
        return redirect_uri_client(response_uri)
    if chosen.prefix is Prefix.X509_HASH:
        return x509_hash_client(chosen.certificate.leaf)
    return x509_san_dns_client(chosen.certificate.host)
