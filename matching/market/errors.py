"""Refusals of labour-market data: sets, tables, regions."""

from passport.errors import Invalid, NotFound, TooLarge
from passport.errors.trust import MalformedStatement


class MalformedMarketData(MalformedStatement):
    code = "malformed_market_data"
    sentence = "The labour-market data has a member that is missing, unknown or of the wrong form."


class MarketDataNotYetValid(Invalid):
    code = "market_data_not_yet_valid"
    sentence = "The labour-market data is dated in the future."


class MarketDataTooLarge(TooLarge):
    code = "market_data_too_large"
    sentence = "The labour-market data is larger than what is accepted. Use fewer regions, groups or windows."


class MalformedMarketTable(Invalid):
    code = "malformed_market_table"
    sentence = (
        "The table needs the columns occupation, region, window and vacancies; seekers may be there too."
    )


class MarketTableEmpty(Invalid):
    code = "market_table_empty"
    sentence = "No row of the table could be used. Look at the counted reasons."


class MarketTableTooLarge(TooLarge):
    code = "market_table_too_large"
    sentence = "The table is larger than what is accepted. Split it or leave rows out."


class MalformedRegionTable(Invalid):
    code = "malformed_region_table"
    sentence = (
        "The table of regions needs the columns code and name; latitude, longitude and within may be there."
    )


class MalformedMarketAbout(Invalid):
    code = "malformed_market_about"
    sentence = "The file about the labour-market data misses something or has something of the wrong form."


class MalformedWindow(Invalid):
    code = "malformed_window"
    sentence = (
        "A window is written as a year, half year, quarter or month: 2025, 2025-H1, 2025-Q1 or 2025-01."
    )


class UnknownRegion(NotFound):
    code = "unknown_region"
    sentence = "The labour-market data has no region of that code."
