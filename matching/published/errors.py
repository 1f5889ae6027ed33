"""Refusals of published sets: the index, the files that it names, and the folder where they are made."""

from passport.errors import Invalid, TooLarge
from passport.errors.trust import MalformedStatement


class MalformedPublishedIndex(MalformedStatement):
    code = "malformed_published_index"
    sentence = "The index of published sets has a member that is missing, unknown or of the wrong form."


class PublishedSetChanged(Invalid):
    code = "published_set_changed"
    sentence = "A published set is not what its index says: it was changed, or is another one."


class PublishedSetTooLarge(TooLarge):
    code = "published_set_too_large"
    sentence = "A set is larger than what a wallet fetches. Publish fewer documents, or in two places."


class PublishedIndexDatedAhead(Invalid):
    code = "published_index_dated_ahead"
    sentence = "The index of published sets is dated in the future."


class NothingToPublish(Invalid):
    code = "nothing_to_publish"
    sentence = "Nothing here can be published. Give at least one signed document that still holds."


class PublishedSetsDamaged(Invalid):
    code = "published_sets_damaged"
    sentence = "The folder or address does not hold what its index says. Publish into an empty folder."


class PublishedByAnother(Invalid):
    code = "published_by_another"
    sentence = "The folder was published with another key. Use that key, or an empty folder."
