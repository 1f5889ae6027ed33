"""What the wallet refuses of published sets."""

from passport.errors import Conflict, Invalid, NotFound, TooLarge


class PublishedSetsRollback(Invalid):
    code = "published_sets_rollback"
    sentence = "What is published there is older than what is here, or differs under the same version."


class NotAnAddressOfSets(Invalid):
    code = "not_an_address_of_sets"
    sentence = "Give the plain address of published sets. It has no question mark, for that could name you."


class TooManyFollowed(TooLarge):
    code = "too_many_followed"
    sentence = "The wallet follows as many addresses as it can. Stop with one of them first."


class NotFollowed(NotFound):
    code = "not_followed"
    sentence = "The wallet does not follow this address."


class OtherMarketInUse(Conflict):
    code = "other_market_in_use"
    sentence = "Other labour-market data is in use. Remove it first, and take these again."
