"""What the wallet refuses of labour-market data."""

from passport.errors import Invalid, NotFound, TooLarge


class MarketDataRollback(Invalid):
    code = "market_data_rollback"
    sentence = "This set is older than the one that is here, or differs from it under the same version."


class TooManyMarkets(TooLarge):
    code = "too_many_markets"
    sentence = "The wallet holds as many sets of figures as it can. Remove one first."


class UnknownMarket(NotFound):
    code = "unknown_market"
    sentence = "These figures are not in the wallet."


class NotATravelDistance(Invalid):
    code = "not_a_travel_distance"
    sentence = "Choose a region, and how far you want to travel, from the list."
