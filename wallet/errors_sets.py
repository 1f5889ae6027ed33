"""What the wallet refuses of published sets."""

from passport.errors import Conflict, Invalid, NotFound, TooLarge


class PublishedSetsRollback(Invalid):
    code = "published_sets_rollback"
    sentence = "What is published there is older than what is here, or differs under the same version."


class NotAnAddressOfSets(Invalid):
    code = "not_an_address_of_sets"
    sentence = "Give the plain address of published sets. It begins with https:// and has no question mark."


class TooManyFollowed(TooLarge):
    code = "too_many_followed"
    sentence = "The wallet follows as many addresses as it can. Stop with one of them first."


class NotFollowed(NotFound):
    code = "not_followed"
    sentence = "The wallet does not follow this address."


class TaxonomyOfAnother(Invalid):
    code = "taxonomy_of_another"
    sentence = "That is another list of occupations than the one that the wallet works with."


class TaxonomyNotNewer(Invalid):
    code = "taxonomy_not_newer"
    sentence = "The wallet has a list of occupations that is as new."


class NoTaxonomyOffered(NotFound):
    code = "no_taxonomy_offered"
    sentence = (
        "There is no newer list of occupations here, or none of that publisher. Look for updates first."
    )


class TaxonomyNotChecked(Conflict):
    code = "taxonomy_not_checked"
    sentence = "This program can't check who signed the list of occupations, so it is not put into use."
