"""Codes of the claiming protocol that carry their own proof, so that no secret of theirs is stored.

A pre-authorized code is `<offer>.<expiry>.<random>.<seal>`, a c_nonce `<expiry>.<random>.<seal>`: the seal is
made with the master secret. That each is used once is an insert that can fail (issuer.offers.used).
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from issuer.limits import OFFER
from issuer.secrets import MasterSecret
from passport.encoding import base64url_encode
from passport.errors.oauth import InvalidGrant
from passport.errors.openid4vc import InvalidNonce

_RANDOM_BYTES = 16
_SEAL_BYTES = 16


@dataclass(frozen=True, slots=True)
class OfferCode:
    """What a pre-authorized code of ours says."""

    offer: str
    lapses: datetime


def create_code(master: MasterSecret, slug: str, offer_id: str, until: datetime) -> str:
    """A fresh pre-authorized code of an offer."""
    body = f"{offer_id}.{int(until.timestamp())}.{_random()}"
    return f"{body}.{_seal(master, 'pre-authorized_code', slug, body)}"


def check_code(master: MasterSecret, slug: str, code: str, now: datetime) -> OfferCode:
    """Its offer, and until when it could be shown; raises InvalidGrant."""
    body, _, seal = code.rpartition(".")
    parts = body.split(".")
    if len(parts) != 3 or not _same(seal, _seal(master, "pre-authorized_code", slug, body)):  # noqa: PLR2004
        raise InvalidGrant
    lapses = _moment(parts[1])
    if lapses <= now:
        raise InvalidGrant
    return OfferCode(parts[0], lapses)


def create_nonce(master: MasterSecret, slug: str, now: datetime) -> str:
    """A fresh c_nonce of an organisation."""
    until = now + timedelta(seconds=OFFER.nonce_lifetime)
    body = f"{int(until.timestamp())}.{_random()}"
    return f"{body}.{_seal(master, 'c_nonce', slug, body)}"


def check_nonce(master: MasterSecret, slug: str, nonce: str, now: datetime) -> datetime:
    """That we made it, for this organisation, and not too long ago: it can be shown until then.

    Raises InvalidNonce.
    """
    body, _, seal = nonce.rpartition(".")
    parts = body.split(".")
    if len(parts) != 2 or not _same(seal, _seal(master, "c_nonce", slug, body)):  # noqa: PLR2004
        raise InvalidNonce
    lapses = _moment(parts[0])
    if lapses <= now:
        raise InvalidNonce
    return lapses


def transaction_code(master: MasterSecret, offer_id: str) -> str:
    """The six digits of an offer, the same whenever they are asked for."""
    number = int.from_bytes(master.code("tx_code", offer_id), "big")
    return str(number % 10**OFFER.tx_code_digits).zfill(OFFER.tx_code_digits)


def _random() -> str:
    return secrets.token_urlsafe(_RANDOM_BYTES)


def _seal(master: MasterSecret, purpose: str, slug: str, body: str) -> str:
    if not body.isascii():
        return ""
    return base64url_encode(master.code(purpose, slug, body)[:_SEAL_BYTES])


def _same(given: str, made: str) -> bool:
    return bool(made) and hmac.compare_digest(given.encode(), made.encode())


def _moment(number: str) -> datetime:
    """The seal is ours, so the number is one that we wrote."""
    return datetime.fromtimestamp(int(number), UTC)
