"""What the wallet refuses of labour-market data."""

from passport.errors import Indeterminate, Invalid


class MarketDataRollback(Invalid):
    code = "market_data_rollback"
    sentence = "This set is older than the one that is here, or differs from it under the same version."


class MarketDataNotChecked(Indeterminate):
    code = "market_data_not_checked"
    sentence = "The signature of this set could not be checked here, so its figures are not used."


class NotATravelDistance(Invalid):
    code = "not_a_travel_distance"
    sentence = "Choose a region, and how far you want to travel, from the list."
