"""The `issuer_state` of an offer: which offer a wallet comes for (OpenID4VCI 1.0, sections 4.1.1 and 5.1.3).

It is made of the offer's id and a seal, so that nothing is stored for it. It proves nothing about anybody:
whoever has the offer has it.
"""

import hmac

from issuer.secrets import MasterSecret
from passport.encoding import base64url_encode

_SEAL_BYTES = 16


def issuer_state(master: MasterSecret, slug: str, offer_id: str) -> str:
    """The same for the same offer, whenever it is asked for."""
    return f"{offer_id}.{_seal(master, slug, offer_id)}"


def offer_of_state(master: MasterSecret, slug: str, text: str) -> str | None:
    """The offer's id; None where we did not write it, for this organisation."""
    offer_id, _, seal = text.rpartition(".")
    if not text.isascii() or not hmac.compare_digest(seal, _seal(master, slug, offer_id)):
        return None
    return offer_id


def _seal(master: MasterSecret, slug: str, offer_id: str) -> str:
    return base64url_encode(master.code("issuer_state", slug, offer_id)[:_SEAL_BYTES])
