"""Whose word a set of labour-market data is."""

from collections.abc import Collection
from dataclasses import dataclass

from matching.market.document import Market, parse_market
from matching.market.errors import MarketDataNotYetValid
from passport.answers import Answer
from passport.statements import check_authentic, check_in_force
from passport.verification import Context


@dataclass(frozen=True, slots=True)
class SignedMarket:
    """A set, and whether its publisher's signature could be checked on this host."""

    market: Market
    authentic: Answer


def verify_market(
    source: bytes, *, context: Context, expected_publishers: Collection[str] | None = None
) -> SignedMarket:
    """Parse a set and verify that the publisher it names signed it.

    `expected_publishers` None accepts any publisher: the person is shown who it is. A set past its last day
    is read as well, so that an old check-up can be understood; `Market.in_force` says so.

    Raises:
        UnexpectedPublisher, PublisherMismatch: who published it.
        MarketDataNotYetValid
        PassportError: what parsing and verifying raise.
    """
    market = parse_market(source)
    authentic = check_authentic(
        market.document, publisher=market.publisher, context=context, expected_publishers=expected_publishers
    )
    check_in_force(market, context.now, not_yet=MarketDataNotYetValid)
    return SignedMarket(market, authentic)
