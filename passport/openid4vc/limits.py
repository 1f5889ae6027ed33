"""Bounds on OpenID4VCI messages, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VciLimits:
    keys: int = 10
    """Of a wallet in one request, and of an issuer for encryption: enough to show a credential in ten places
    that can't be told to be of one person."""
    configurations: int = 16
    """In one offer: an award in each of its forms."""
    identifier: int = 512
    """Characters of a code, an identifier, a nonce."""
    name: int = 512
    """Characters of a name for people."""
    description: int = 2_048
    """Characters of a description for people, or of what a picture shows."""
    picture: int = 65_536
    """Characters of a picture that stands in metadata itself: a logo, not a photo."""
    display: int = 32
    """Languages: the European Union has 24."""
    claims: int = 128
    """Descriptions of claims of one credential."""
    path: int = 16
    """Parts of a claims path pointer."""
    configuration_members: int = 32
    """Values of one list in a configuration: algorithms, types, contexts."""


VCI = VciLimits()
