"""A set of labour-market data as it is handed over: verified, with its publisher's key fetched, and kept."""

from matching.market.document import parse_market
from matching.market.example import make_example
from matching.market.signed import SignedMarket
from passport.keys import generate_signer
from wallet.core.market_kept import (
    forget_market,
    keep_market,
    market_record,
    markets,
    verify_incoming_market,
)
from wallet.core.wallet import Wallet
from wallet.desk.desk import Desk


def take_market(desk: Desk, wallet: Wallet, source: bytes) -> SignedMarket:
    """Raises as `verify_incoming_market`. Only the publisher's key is fetched; nothing goes anywhere."""
    found = desk.examine(wallet, lambda documents: verify_incoming_market(wallet, source, documents))
    keep_market(wallet, source)
    return found


def take_example(desk: Desk, wallet: Wallet) -> SignedMarket:
    """The made-up set, signed by a key that is forgotten at once."""
    made = make_example(generate_signer(), wallet.now())
    known = parse_market(made.source)
    for one in markets(wallet):
        if one.market.id == known.id:
            forget_market(wallet, market_record(one.market))
    return take_market(desk, wallet, made.source)
