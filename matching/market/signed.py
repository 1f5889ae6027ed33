"""Whose word a set of labour-market data is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from matching.market.document import Market, parse_market
from matching.market.errors import MarketDataNotYetValid
from passport import limits
from passport.answers import Answer
from passport.errors import NoCryptography
from passport.statements import verify_statement
from passport.verification import Context

_CLOCK_SKEW = timedelta(seconds=limits.TIME.clock_skew)


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
    try:
        verify_statement(
            market.document,
            publisher=market.publisher,
            context=context,
            expected_publishers=expected_publishers,
        )
    except NoCryptography:
        authentic = Answer.CANNOT_TELL
    else:
        authentic = Answer.YES
    if context.now + _CLOCK_SKEW < market.valid_from:
        raise MarketDataNotYetValid
    return SignedMarket(market, authentic)
