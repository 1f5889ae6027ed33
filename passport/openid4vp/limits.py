"""Bounds on a stranger's request, each with its reason. docs/limits.md is made from this file too."""

from dataclasses import dataclass

from passport.limits import JsonLimits


@dataclass(frozen=True, slots=True)
class DcqlLimits:
    """Bounds on a DCQL query, and on the work of answering one (OpenID4VP 1.0, section 6)."""

    credentials: int = 40
    """In one request: nine skills in each of four forms, and what confirms them in two."""
    trusted_authorities: int = 16
    """Kinds of authority in one credential query: three kinds are known."""
    authority_values: int = 64
    """Authorities of one kind."""
    types: int = 64
    """Types of credential that one query takes, in `type_values` or `vct_values`."""
    claims: int = 64
    """Claims of one credential; the largest published profile asks about twenty."""
    claim_sets: int = 32
    """Combinations of claims in order of preference."""
    values: int = 64
    """Values that one claim may have."""
    path: int = 16
    """Steps of a path to a claim; a credential is 32 levels deep at most, and honest ones nine."""
    credential_sets: int = 16
    """Uses for which credentials are asked at once."""
    options: int = 64
    """Alternatives of one use."""
    identifier: int = 64
    """Characters of the id of a query or of a claim."""
    text: int = 2_048
    """Characters of a type, a value, a member's name or an authority."""
    work: int = 200_000
    """Elements that are looked at while one query is held against one wallet: a tenth of a second."""


DCQL = DcqlLimits()


@dataclass(frozen=True, slots=True)
class MetadataLimits:
    """Bounds on what a verifier says about itself (OpenID4VP 1.0, section 11)."""

    formats: int = 16
    """Credential formats: six are known."""
    words: int = 64
    """Algorithms of one format."""
    names: int = 32
    """Languages in which it names itself."""
    text: int = 2_048
    """Characters of a name or an address."""
    keys: int = 16
    """Keys to encrypt for; one is enough, some offer each curve."""


METADATA = MetadataLimits()


@dataclass(frozen=True, slots=True)
class ResponseLimits:
    """Bounds on a wallet's answer (OpenID4VP 1.0, section 8)."""

    presentations: int = 16
    """In one answer: as many credentials as one presentation holds."""
    endorsements: int = 32
    """Beside them, each by itself: as many as one presentation holds."""
    fields: int = 16
    """Parameters of the form, unknown ones included; four are usual."""


RESPONSE = ResponseLimits()


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Bounds on the request around a query (OpenID4VP 1.0, section 5)."""

    link: int = 65_536
    """Characters of a link that has the whole request in it."""
    parameters: int = 32
    """Of a link."""
    nonce_least: int = 10
    """Characters: 59 bits of letters and digits, what the conformance suite sends. The specification's own
    design has 128 bits; a nonce is no secret, it must be new."""
    nonce_most: int = 512
    """Characters."""
    state: int = 2_048
    """Characters."""
    client_id: int = 2_048
    """Characters."""
    lifetime: int = 600
    """Seconds that a request is open, also where it says nothing or says more."""
    remembered: int = 2_592_000
    """Seconds that a request is remembered, so that it can't be put again: a month."""
    kept: int = 128
    """Requests that are remembered; the oldest give way."""


REQUEST = RequestLimits()
REQUEST_HEADER = JsonLimits(size=32_768, depth=4, array=32)
"""Of a request object: a chain of four certificates fits."""
REQUEST_OBJECT = JsonLimits(size=65_536)
"""The claims of a request object."""
