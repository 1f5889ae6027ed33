"""What a host of links refuses."""

from passport.errors import Conflict, Indeterminate, Invalid, NotAuthenticated, RateLimited


class IdTaken(Conflict):
    code = "link_id_taken"
    sentence = "There is something else at that link already. Make a new one."


class NotItsId(Invalid):
    code = "link_id_not_of_its_secret"
    sentence = "The id of a link is made of the secret that takes it away. This one is not."


class NotThatLong(Invalid):
    code = "link_not_that_long"
    sentence = "A link is open for an hour at least and for three months at most."


class NotItsOwner(NotAuthenticated):
    code = "not_the_links_owner"
    sentence = "Only the wallet that made this link can take it away."


class HostFull(Indeterminate):
    code = "link_host_full"
    sentence = "This host has no room for more links now. Try again later, or choose another host."


class TooManyUploads(RateLimited):
    code = "too_many_links"
    sentence = "Too many links were made from this network. Wait an hour, or choose another host."
