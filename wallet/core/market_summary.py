"""The sets of labour-market data in the wallet as JSON: whose, how old, and what a trend was worth."""

from matching.market.backtest import backtest
from matching.market.signed import SignedMarket
from matching.market.summary import backtest_json, market_json
from passport.answers import Answer
from passport.json import JsonObject
from wallet.core.market_kept import market_record, markets, months_old, reach, regions_in_reach
from wallet.core.wallet import Wallet


def state_json(wallet: Wallet) -> JsonObject:
    """Every set, the one that speaks first in front, and its back-test where the person wants to work.

    `set` is that first one, null without any.
    """
    wanted, found = reach(wallet), [_set_json(wallet, signed) for signed in markets(wallet)]
    first = found[0] if found else {}
    return {
        "set": first.get("set"),
        "signatureHolds": first.get("signatureHolds"),
        "inForce": first.get("inForce"),
        "reach": None if wanted is None else {"home": wanted.home, "kilometres": wanted.kilometres},
        "regions": first.get("regions", []),
        "backtest": first.get("backtest"),
        "sets": found,
    }


def _set_json(wallet: Wallet, signed: SignedMarket) -> JsonObject:
    market = signed.market
    codes = regions_in_reach(wallet, market)
    return {
        "id": market_record(market),
        "set": market_json(market),
        "signatureHolds": str(signed.authentic),
        "inForce": market.in_force(wallet.now()),
        "monthsOld": months_old(market, wallet.now().date()),
        "regions": list(codes),
        "backtest": backtest_json(backtest(market, codes)) if signed.authentic is Answer.YES else None,
    }
