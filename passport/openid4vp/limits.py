"""Bounds on a stranger's request, each with its reason. docs/limits.md is made from this file too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DcqlLimits:
    """Bounds on a DCQL query, and on the work of answering one (OpenID4VP 1.0, section 6)."""

    credentials: int = 32
    """In one request: a presentation holds 16 credentials, and some queries are alternatives to others."""
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
