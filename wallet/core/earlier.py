"""A request that goes on from an earlier one: more documents for an open validation, or its renewal."""

from wallet.core.asked import Asked, one_asked
from wallet.core.wallet import Wallet
from wallet.errors_claims import EarlierRequestUnfit

OPEN_TO_MORE = frozenset({"preparation", "identification", "documentation"})
"""The phases in which an organisation takes more documents: until it is assessed."""


def earlier_validation(wallet: Wallet, identifier: str, *, url: str, did: str) -> Asked:
    """An earlier validation at the same organisation.

    Raises:
        UnknownAsked
        EarlierRequestUnfit: it was another kind of request, of another organisation, or can't be followed.
    """
    one = one_asked(wallet, identifier)
    if one.sought != "validation" or (one.url, one.did) != (url, did) or one.place is None:
        raise EarlierRequestUnfit
    return one


def case_of(one: Asked) -> str:
    """What the organisation calls the request: the last part of where it keeps it."""
    return (one.place or "").rpartition("/")[2]
